// SPDX-License-Identifier: Apache-2.0
// One hold: what it keeps, and how it is lifted.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { LegalHold } from '../../api/legal-holds.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import { useHoldText } from './i18n.ts';
import { LiftSection } from './lift-section.tsx';
import '../desk/desk.css';
import './legal-holds.css';

export function HoldPage() {
  const text = useHoldText();
  const { id = '' } = useParams();
  const { state } = useLocation();
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: ['staff-hold', id],
    queryFn: ({ signal }) => call('get', '/staff/legal-holds/{id}', { params: { id }, signal }),
  });
  const refetch = async () => {
    await found.refetch();
    await queries.invalidateQueries({ queryKey: ['staff-holds'] });
  };
  return (
    <Main className="desk-main hold-desk">
      <Link to="/staff/legal-holds" className="desk-back">
        ← {text.back}
      </Link>
      {/* Not any more once somebody has acted. */}
      <div role="status">
        {state?.done && state.as === found.data?.state && <p className="notice notice-done">{state.done}</p>}
      </div>
      <Loaded query={found}>
        {(hold) => (
          <>
            <PageTitle title={`${text.title} ${hold.holdNumber}`} aside={text.states[hold.state]} />
            <Subject hold={hold} />
            <Section title={fill(text.orders, { count: hold.orders.length })}>
              {hold.orders.map((order) => (
                <HeldOrder key={order.orderId} order={order} />
              ))}
            </Section>
            <LiftSection hold={hold} onConflict={refetch} />
          </>
        )}
      </Loaded>
    </Main>
  );
}

function Subject({ hold: { reason, placedBy, createdAt, caseId } }: { hold: LegalHold }) {
  const text = useHoldText();
  return (
    <Section title={text.subject}>
      <Facts
        rows={[
          [
            text.column.reason,
            <span key="reason" className="hold-words">
              {reason}
            </span>,
          ],
          [text.column.placed, placedBy],
          [text.placedAt, formatTime(createdAt)],
          ...(caseId
            ? [
                [
                  text.case,
                  <Link key="case" to={`/staff/assistance-cases/${caseId}`}>
                    {text.showCase}
                  </Link>,
                ] as const,
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function HeldOrder({ order }: { order: LegalHold['orders'][number] }) {
  const text = useHoldText();
  const { kind, orderNumber, certificateNumber, registrationNumber, owner, title } = order;
  return (
    <article className="hold-order" aria-label={orderNumber}>
      <Facts
        rows={[
          [text.order, `${text.kinds[kind]} ${orderNumber}`],
          [text.certificate, certificateNumber ?? text.noCertificate],
          ...(registrationNumber ? [[text.registration, registrationNumber] as const] : []),
          [text.owner, [owner, title].filter(Boolean).join(' · ')],
        ]}
      />
    </article>
  );
}
