// SPDX-License-Identifier: Apache-2.0
// What visitors reported about a work. A report is confirmed when the work is taken down, or dismissed here.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import type { StaffPublication } from '../../api/publications.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { usePublicationNames } from '../../orders/publication-names.ts';
import { formatTime } from '../../ui/format.ts';
import { useMayReview } from '../reviewing.ts';
import { useModerationText } from './i18n.ts';

interface ReportsProps {
  publication: StaffPublication;
  onChanged: () => Promise<unknown>;
}

export function Reports({ publication: { id, reports, isOwn }, onChanged }: ReportsProps) {
  const text = useModerationText();
  const names = usePublicationNames();
  const queries = useQueryClient();
  const mayReview = useMayReview();
  const dismiss = useMutation({
    mutationFn: (reportId: string) =>
      call('post', '/staff/publications/{id}/reports/{reportId}/dismissal', { params: { id, reportId } }),
    onSettled: async () => {
      await onChanged();
      for (const key of ['staff-publications', 'staff-waiting']) await queries.invalidateQueries({ queryKey: [key] });
    },
  });
  if (reports.length === 0) return <p className="small">{text.noReports}</p>;
  return (
    <>
      {dismiss.error && <ErrorList error={toApiError(dismiss.error)} />}
      <ul className="publication-reports">
        {reports.map(({ id: reportId, state, ground, text: said, contact, reportedAt }) => (
          <li key={reportId}>
            <p>
              <b>{names.grounds[ground]}</b> · {text.reportStates[state]} · {formatTime(reportedAt)}
            </p>
            {said && <p className="publication-text">{said}</p>}
            {contact && (
              <p className="publication-text">
                {text.contact}
                {text.colon}
                {contact}
              </p>
            )}
            {state === 'OPEN' && mayReview && !isOwn && (
              <Button
                aria-label={fill(text.dismissOne, { time: formatTime(reportedAt) })}
                loading={dismiss.isPending}
                onClick={() => dismiss.mutate(reportId)}
              >
                {text.dismiss}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
