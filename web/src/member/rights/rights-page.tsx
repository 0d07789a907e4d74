// SPDX-License-Identifier: Apache-2.0
// 权利变动记录: everything on record of a work's rights, and a form that adds to it.
import { Link, useParams } from 'react-router';
import { type RightsTimeline, useRightsTimeline } from '../../api/rights-events.ts';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { useRightsText } from './i18n.ts';
import { RecordForm } from './record-form.tsx';
import { RightsSteps } from './rights-steps.tsx';
import './rights.css';

export function RightsPage() {
  const text = useRightsText();
  const { id = '' } = useParams();
  const timeline = useRightsTimeline(id);
  const work = timeline.data;
  return (
    <>
      <PageTitle
        title={text.title}
        aside={<Link to="/member/works">{text.back}</Link>}
        {...(work && { about: { title: work.title, number: String(work.workSerial) } })}
      />
      <Loaded query={timeline}>{(found) => <Shown timeline={found} onRecorded={() => timeline.refetch()} />}</Loaded>
    </>
  );
}

function Shown({ timeline, onRecorded }: { timeline: RightsTimeline; onRecorded: () => Promise<unknown> }) {
  const text = useRightsText();
  const { steps, canRecord, title } = timeline;
  return (
    <>
      <Section title={text.timeline} aside={title}>
        {steps.length === 0 ? (
          <Empty title={text.empty}>
            <Link to="/member/works">{text.goAttest}</Link>
          </Empty>
        ) : (
          <>
            <p>{text.lead}</p>
            <p className="notice">{text.basis}</p>
            <RightsSteps steps={steps} />
          </>
        )}
      </Section>
      {canRecord ? (
        <RecordForm timeline={timeline} onRecorded={onRecorded} />
      ) : (
        steps.length > 0 && <p className="notice">{text.cannotRecord}</p>
      )}
    </>
  );
}
