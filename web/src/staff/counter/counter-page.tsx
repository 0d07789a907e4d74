// SPDX-License-Identifier: Apache-2.0
// 窗口代办: a draft that a member brought is found, or an order made of one of their works, and submitted for them with their 授权委托书.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { download } from '../../api/download.ts';
import type { components } from '../../api/schema.gen.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { useFaults } from '../../kit/form.ts';
import { TextInput } from '../../kit/inputs.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import '../desk/desk.css';
import { useFinding } from '../desk/use-finding.ts';
import { DraftToFile } from './draft-to-file.tsx';
import { useCounterText } from './i18n.ts';
import { MakeOrder } from './order-to-make.tsx';

type Schemas = components['schemas'];

export function CounterPage() {
  const text = useCounterText();
  const queries = useQueryClient();
  const roles = useMe().data?.roles ?? [];
  const [draft, setDraft] = useState<Schemas['CounterDraft']>();
  const [way, setWay] = useState<'draft' | 'work'>('draft');
  const [filed, setFiled] = useState<Schemas['CounterFiling']>();
  const filings = useQuery({
    queryKey: ['staff-counter-filings'],
    queryFn: ({ signal }) => call('get', '/staff/counter-filings', { signal }),
  });
  const done = (filing: Schemas['CounterFiling']) => {
    setFiled(filing);
    setDraft(undefined);
    void queries.invalidateQueries({ queryKey: ['staff-counter-filings'] });
  };
  return (
    <Main className="desk-main">
      <PageTitle title={text.title} />
      <p className="desk-lead">{text.lead}</p>
      <div role="status">
        {filed && (
          <p className="notice notice-done">{fill(text.filed, { title: filed.title, number: filed.orderNumber })}</p>
        )}
      </div>
      {roles.some((role) => role === 'reviewer' || role === 'finance') && (
        <>
          <Radio.Group
            className="counter-way"
            aria-label={text.way}
            value={way}
            onChange={({ target }) => {
              setWay(target.value);
              setDraft(undefined);
            }}
            options={[
              { value: 'draft', label: text.withDraft },
              { value: 'work', label: text.withoutDraft },
            ]}
          />
          {way === 'work' && <MakeOrder onFound={() => setFiled(undefined)} onFiled={done} />}
          {way === 'draft' && (
            <FindDraft
              onFound={(found) => {
                setDraft(found);
                if (found) setFiled(undefined);
              }}
            />
          )}
          {draft && <DraftToFile key={draft.orderNumber} draft={draft} onFiled={done} />}
        </>
      )}
      <Section title={text.list}>
        <Loaded query={filings}>
          {({ items }) => (items.length === 0 ? <p className="muted">{text.none}</p> : <Filings filings={items} />)}
        </Loaded>
      </Section>
    </Main>
  );
}

function FindDraft({ onFound }: { onFound: (draft: Schemas['CounterDraft'] | undefined) => void }) {
  const text = useCounterText();
  const [asked, setAsked] = useState({ userNumber: '', orderNumber: '' });
  const faults = useFaults({ prefix: 'counter', labelOf: (field) => text[field as keyof typeof asked] ?? field });
  const { submit, isFinding } = useFinding({
    faults,
    onFound,
    ask: () =>
      call('get', '/staff/counter-filings/drafts/{orderNumber}', {
        params: { orderNumber: asked.orderNumber.trim() || '0' },
        query: { userNumber: asked.userNumber },
      }),
  });
  const line = (field: 'userNumber' | 'orderNumber', hint: string) => (
    <TextInput
      {...{ field, label: text[field], value: asked[field], hint, faults, isRequired: true, isWide: true }}
      maxLength={40}
      onChange={(typed) => {
        setAsked({ ...asked, [field]: typed });
        faults.clear(field);
        onFound(undefined);
      }}
    />
  );
  return (
    <Section title={text.findTitle}>
      <form className="stack" onSubmit={submit} noValidate>
        <ErrorList {...faults} />
        <div className="form">
          {line('userNumber', text.userNumberHint)}
          {line('orderNumber', text.orderNumberHint)}
        </div>
        <div className="form-actions">
          <Button htmlType="submit" size="large" loading={isFinding}>
            {text.find}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Filings({ filings }: { filings: readonly Schemas['CounterFiling'][] }) {
  const text = useCounterText();
  const { order, title, member, filedBy, filedAt, mandate } = text.column;
  return (
    <table className="rows" aria-label={text.list}>
      <TableHead columns={Object.values(text.column)} />
      <tbody>
        {filings.map((filing) => (
          <tr key={filing.id}>
            <td data-label={order} className="one-line">
              <div>
                <code>{filing.orderNumber}</code>
                <div className="small">
                  {text.kinds[filing.kind]}
                  {filing.isMadeHere && text.madeHere}
                </div>
              </div>
            </td>
            <td data-label={title}>{filing.title}</td>
            <td data-label={member}>{filing.userNumber}</td>
            <td data-label={filedBy}>{filing.filedBy}</td>
            <td data-label={filedAt} className="one-line">
              {formatTime(filing.filedAt)}
            </td>
            <td data-label={mandate}>
              {filing.hasMandate ? (
                <Button
                  aria-label={`${text.download} ${filing.orderNumber}`}
                  onClick={() => void download(`/staff/counter-filings/${filing.id}/mandate`)}
                >
                  {text.download}
                </Button>
              ) : (
                text.erased
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
