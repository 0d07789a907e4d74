// SPDX-License-Identifier: Apache-2.0
// One case: who asks, the letter, the certificates with what can be downloaded of them, and the decision.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useParams } from 'react-router';
import type { StaffAssistanceCase } from '../../api/assistance.ts';
import { call } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import { CaseDecision } from './case-decision.tsx';
import { ConcernedOrders } from './concerned-orders.tsx';
import { useAssistanceText } from './i18n.ts';
import { SaveLink } from './save-link.tsx';
import '../desk/desk.css';
import './assistance.css';

export function CasePage() {
  const text = useAssistanceText();
  const { id = '' } = useParams();
  const { state } = useLocation();
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: ['staff-assistance-case', id],
    queryFn: ({ signal }) => call('get', '/staff/assistance-cases/{id}', { params: { id }, signal }),
  });
  const refetch = async () => {
    await found.refetch();
    await queries.invalidateQueries({ queryKey: ['staff-assistance'] });
  };
  return (
    <Main className="desk-main assistance-desk">
      <Link to="/staff/assistance-cases" className="desk-back">
        ← {text.back}
      </Link>
      {/* Not any more once somebody has decided. */}
      <div role="status">
        {state?.done && state.as === found.data?.state && <p className="notice notice-done">{state.done}</p>}
      </div>
      <Loaded query={found}>
        {(each) => (
          <>
            <PageTitle title={each.authority} aside={`${each.fileNumber} · ${text.states[each.state]}`} />
            <Letter asked={each} />
            <ConcernedOrders asked={each} onSaved={refetch} />
            <Section title={text.decision}>
              <CaseDecision asked={each} onConflict={refetch} />
            </Section>
          </>
        )}
      </Loaded>
    </Main>
  );
}

function Letter({ asked }: { asked: StaffAssistanceCase }) {
  const text = useAssistanceText();
  const { id, caseNumber, contact, request, letters, openedBy, createdAt, days, parts } = asked;
  return (
    <Section title={text.subject} aside={text.audited}>
      <Facts
        rows={[
          [text.column.number, <code key="number">{caseNumber}</code>],
          [text.form.contact, contact],
          [
            text.form.request,
            <span key="request" className="assistance-words">
              {request}
            </span>,
          ],
          [
            text.form.letters,
            <span key="letters" className="assistance-saves">
              {letters.map(({ id: letter, name }) => (
                <SaveLink key={letter} address={`/staff/assistance-cases/${id}/letters/${letter}`} label={name} />
              ))}
            </span>,
          ],
          [
            text.form.parts,
            <span key="parts" className="assistance-words">
              {parts.map((part) => text.parts[part]).join('\n')}
            </span>,
          ],
          [text.days, fill(text.form.dayCount, { count: days })],
          ...timesOf(asked, text),
          [text.openedBy, `${openedBy} · ${formatTime(createdAt)}`],
        ]}
      />
    </Section>
  );
}

function timesOf(
  { secrecy, toldAt, openUntil, isOpen, state }: StaffAssistanceCase,
  text: ReturnType<typeof useAssistanceText>,
): [string, string][] {
  const until = secrecy && fill(text.secrecyUntil, { reason: secrecy.reason, time: formatTime(secrecy.until) });
  const told = toldAt ? formatTime(toldAt) : text.notTold;
  const end = openUntil && formatTime(openUntil);
  return [
    ...(until ? [[text.secrecy, until] as [string, string]] : []),
    ...(end ? [[text.openUntil, isOpen ? end : `${end} · ${text.ended}`] as [string, string]] : []),
    ...(state === 'GRANTED' ? [[text.told, told] as [string, string]] : []),
  ];
}
