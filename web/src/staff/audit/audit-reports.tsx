// SPDX-License-Identifier: Apache-2.0
// Publishes the report of an audit on 存证公示. What is published stays, so the file is named before it is sent.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { download } from '../../api/download.ts';
import type { StaffPublishedAudit } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { useAuditText } from './i18n.ts';

const REPORTS = ['audit-reports'];

export function AuditReports() {
  const { reports: text } = useAuditText();
  const list = useQuery({
    queryKey: REPORTS,
    queryFn: ({ signal }) => call('get', '/staff/audit-reports', { signal }),
  });
  return (
    <Section title={text.title}>
      <p>{text.lead}</p>
      <Publish />
      <Loaded query={list}>
        {({ items }) => (items.length === 0 ? <p className="small">{text.none}</p> : <Rows items={items} />)}
      </Loaded>
    </Section>
  );
}

function Publish() {
  const { reports: text } = useAuditText();
  const [file, setFile] = useState<File>();
  const input = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const publish = useMutation({
    // A browser may know the type of no such file.
    mutationFn: (report: File) =>
      call('post', '/staff/audit-reports', { bytes: new Blob([report], { type: 'application/json' }) }),
    onSuccess: () => {
      setFile(undefined);
      return client.invalidateQueries({ queryKey: REPORTS });
    },
  });
  const choose = (chosen: File | undefined) => {
    publish.reset();
    setFile(chosen);
  };
  return (
    <>
      <div className="account-actions">
        <input
          ref={input}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={text.choose}
          accept=".json,application/json"
          onChange={({ target }) => {
            choose(target.files?.[0]);
            target.value = '';
          }}
        />
        <Button onClick={() => input.current?.click()}>{text.choose}</Button>
        {file && (
          <Button type="primary" loading={publish.isPending} onClick={() => publish.mutate(file)}>
            {fill(text.publish, { name: file.name })}
          </Button>
        )}
      </div>
      {publish.error && <ErrorList error={toApiError(publish.error)} />}
      {publish.isSuccess && (
        <p className="notice notice-done" role="status">
          {text.published}
        </p>
      )}
    </>
  );
}

function Rows({ items }: { items: readonly StaffPublishedAudit[] }) {
  const { reports: text, digest } = useAuditText();
  const { column, verdicts } = text;
  return (
    <table className="rows" aria-label={text.title}>
      <TableHead columns={Object.values(column)} />
      <tbody>
        {items.map(({ sha256, run, verdict, publishedBy, publishedAt }) => (
          <tr key={sha256}>
            <td data-label={column.ended}>
              <Moment at={run.endedAt} />
            </td>
            <td data-label={column.verdict}>{verdicts[verdict]}</td>
            <td data-label={column.published}>
              <Moment at={publishedAt} /> {publishedBy}
            </td>
            <td data-label={column.file}>
              <Copyable value={sha256} label={digest} /> <SaveReport sha256={sha256} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SaveReport({ sha256 }: { sha256: string }) {
  const { reports: text } = useAuditText();
  const save = useMutation({ mutationFn: () => download(`/transparency/audit-reports/${sha256}`) });
  return (
    <>
      <Button size="small" loading={save.isPending} onClick={() => save.mutate()}>
        {text.save}
      </Button>
      {save.error && <ErrorList error={toApiError(save.error)} />}
    </>
  );
}
