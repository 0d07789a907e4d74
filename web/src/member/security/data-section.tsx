// SPDX-License-Identifier: Apache-2.0
// 我的数据: a copy of everything that the platform has of the member.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { toApiError } from '../../api/api-error.ts';
import { call, link } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { useSecurityText } from './i18n.ts';

const POLL_MS = 2_000;

export function DataSection() {
  const text = useSecurityText();
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: ['export'],
    queryFn: ({ signal }) => call('get', '/me/export', { signal }),
    refetchInterval: ({ state }) => (state.data?.export?.state === 'PENDING' ? POLL_MS : false),
  });
  const ask = useMutation({
    mutationFn: () => call('post', '/me/export'),
    onSettled: () => queries.invalidateQueries({ queryKey: ['export'] }),
  });
  return (
    <Section title={text.dataTitle}>
      <p>{text.dataLead}</p>
      {ask.error && <ErrorList error={toApiError(ask.error)} />}
      <Loaded query={found}>
        {({ export: copy }) => (
          <div className="form-actions">
            {copy?.state === 'READY' && (
              <a href={link('/me/export/package', {})} download>
                {text.dataDownload}
              </a>
            )}
            <Button loading={ask.isPending || copy?.state === 'PENDING'} onClick={() => ask.mutate()}>
              {copy?.state === 'READY' ? text.dataAgain : text.dataAsk}
            </Button>
            <span role="status" className="small">
              {copy?.state === 'PENDING' && text.dataPending}
              {copy?.state === 'READY' && fill(text.dataReady, { time: formatTime(copy.expiresAt) })}
            </span>
          </div>
        )}
      </Loaded>
      <p>
        <Link to="/member/disclosures">{text.disclosures}</Link>
      </p>
      <p>
        <Link to="/member/objections">{text.objections}</Link>
      </p>
    </Section>
  );
}
