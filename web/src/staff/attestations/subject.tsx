// SPDX-License-Identifier: Apache-2.0
// What is to be judged: files, changes, the form, the person, the history.
import type { StaffAttestation } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { ContentFacts } from '../../orders/content-facts.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { StateText } from '../../orders/state-text.tsx';
import { Timeline } from '../../orders/timeline.tsx';
import { formatTime } from '../../ui/format.ts';
import { FileViewer } from '../desk/file-viewer.tsx';
import { Changes } from './changes.tsx';
import { addressIn } from './files.ts';
import { useStaffText } from './i18n.ts';
import { Likenesses } from './likenesses.tsx';

export function Subject({ order }: { order: StaffAttestation }) {
  const text = useStaffText();
  const { channels } = useAttestationText();
  const { form, orderNumber, submittedAt, payment, applicant, rightHolders } = order;
  return (
    <>
      <PageTitle title={form.title} aside={<StateText state={order.state} />} />
      <p className="small subject-facts">
        <span>{fill(text.number, { number: orderNumber })}</span>
        {order.paidAt && payment && (
          <span>{fill(text.paidBy, { channel: channels[payment.channel] ?? payment.channel })}</span>
        )}
        {submittedAt && <span>{fill(text.submittedAt, { time: formatTime(submittedAt) })}</span>}
        <span>{fill(text.round, { round: order.round })}</span>
      </p>
      <Section title={`${text.files} ${order.files.length}`} aside={text.audited}>
        <FileViewer files={order.files} addressOf={addressIn(order.id)} />
      </Section>
      <Likenesses order={order} />
      {order.changes.length > 0 && <Changes order={order} />}
      <Section title={text.information}>
        <ContentFacts form={form} self={applicant.name} rightHolders={rightHolders} />
      </Section>
      <Section title={text.applicant} aside={text.applicantAside}>
        <Facts
          rows={[
            [text.userNumber, applicant.userNumber],
            [
              text.name,
              <span key="name">
                {applicant.name} <span className="state state-done">{text.verified}</span>
              </span>,
            ],
            [text.idNumber, <code key="id">{applicant.idNumber}</code>],
          ]}
        />
      </Section>
      <Section title={text.history}>
        <Timeline history={order.history} />
      </Section>
    </>
  );
}
