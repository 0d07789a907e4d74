// SPDX-License-Identifier: Apache-2.0
// The certificates of a case: what can be downloaded of each, and what was.
import { Link } from 'react-router';
import type { AssistanceOrder, StaffAssistanceCase } from '../../api/assistance.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, Section } from '../../kit/section.tsx';
import { formatSize, formatTime } from '../../ui/format.ts';
import { useAssistanceText } from './i18n.ts';
import { SaveLink } from './save-link.tsx';

interface ConcernedProps {
  asked: StaffAssistanceCase;
  /** The page then shows that it was handed over. */
  onSaved: () => unknown;
}

export function ConcernedOrders({ asked, onSaved }: ConcernedProps) {
  const text = useAssistanceText();
  const { id, concerned } = asked;
  const { roles = [] } = useMe().data ?? {};
  const numbers = concerned.map(({ certificateNumber }) => certificateNumber).join(',');
  const canHold = roles.includes('reviewer') || roles.includes('senior-reviewer');
  return (
    <Section title={fill(text.concerned, { count: concerned.length })} aside={text.audited}>
      {concerned.map((order) => (
        <article key={order.id} className="assistance-order" aria-label={order.certificateNumber}>
          <Facts
            rows={[
              [text.certificate, <code key="number">{order.certificateNumber}</code>],
              ...(order.registrationNumber ? [[text.registration, order.registrationNumber] as const] : []),
              [text.owner, `${order.owner} · ${order.title || text.erased}`],
              [text.downloads, <Downloads key="downloads" {...{ asked, order, onSaved }} />],
              [text.handed, <Handed key="handed" order={order} />],
            ]}
          />
        </article>
      ))}
      {canHold && (
        <p>
          <Link to={`/staff/legal-holds/new?case=${id}&numbers=${numbers}`}>{text.hold}</Link>
        </p>
      )}
    </Section>
  );
}

function Downloads({ asked, order, onSaved }: ConcernedProps & { order: AssistanceOrder }) {
  const text = useAssistanceText();
  const { roles = [] } = useMe().data ?? {};
  const { id, isOpen, isOwn, openUntil, parts } = asked;
  if (!isOpen) return <span>{openUntil ? text.over : text.closed}</span>;
  if (!roles.includes('reviewer') && !roles.includes('senior-reviewer')) return <span>{text.onlyLooks}</span>;
  if (isOwn) return <span>{text.ownCase}</span>;
  const address = `/staff/assistance-cases/${id}/orders/${order.id}`;
  return (
    <span className="assistance-saves">
      {(parts.includes('NAMES') || parts.includes('CONTENTS')) && (
        <SaveLink address={`${address}/bundle`} label={text.download.bundle} onSaved={onSaved} />
      )}
      {parts.includes('PACKAGE') && (
        <SaveLink address={`${address}/package`} label={text.download.package} onSaved={onSaved} />
      )}
      {order.files.map(({ uploadId, name, size }) => (
        <SaveLink
          key={uploadId}
          address={`${address}/files/${uploadId}`}
          label={fill(text.download.original, { name, size: formatSize(size) })}
          onSaved={onSaved}
        />
      ))}
    </span>
  );
}

function Handed({ order: { disclosures } }: { order: AssistanceOrder }) {
  const text = useAssistanceText();
  if (disclosures.length === 0) return <span className="muted">{text.noneHanded}</span>;
  return (
    <ul className="assistance-handed">
      {disclosures.map(({ part, fileName, at, by }) => (
        <li key={at + part + fileName}>
          {fill(text.handedRow, {
            time: formatTime(at),
            part: fileName ? `${text.parts[part]}：${fileName}` : text.parts[part],
            by,
          })}
        </li>
      ))}
    </ul>
  );
}
