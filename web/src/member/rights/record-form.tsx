// SPDX-License-Identifier: Apache-2.0
// Adds a record. What is on the chain cannot be taken back, so the form says so beside its button.
import { Button, Radio } from 'antd';
import { type FormEvent, useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import type { RightsEvent, RightsTimeline } from '../../api/rights-events.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { type FormFaults, useFaults } from '../../kit/form.ts';
import { Section } from '../../kit/section.tsx';
import { PapersField } from '../uploads/papers-field.tsx';
import { uploadQueue, useUploads } from '../uploads/upload-queue.ts';
import { type RightsText, useRightsText } from './i18n.ts';
import { FIELDS, type FieldsProps, SettlementFields } from './record-fields.tsx';
import { CHOICES, type Choice, EMPTY, factsOf } from './record-values.ts';

interface RecordFormProps {
  timeline: RightsTimeline;
  onRecorded: () => Promise<unknown>;
}

export function RecordForm({ timeline, onRecorded }: RecordFormProps) {
  const text = useRightsText();
  const [choice, setChoice] = useState<Choice>('LICENCE');
  const [done, setDone] = useState<RightsEvent>();
  const form = useRecordForm(timeline.workId, async (event) => {
    setDone(event);
    await onRecorded();
  });
  const disputes = timeline.steps.filter(({ kind, event }) => kind === 'DISPUTE' && event?.settledBy === null);
  const open = disputes.filter(({ event }) => event?.facts?.kind === 'DISPUTE' && event.facts.status === 'OPEN');
  const choose = (next: Choice) => {
    setChoice(next);
    setDone(undefined);
    form.faults.clear();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setDone(undefined);
    void form.send(choice);
  };
  return (
    <form onSubmit={send} noValidate>
      <Section title={text.add}>
        <ErrorList {...form.faults} />
        <div role="status">
          {done && <p className="notice notice-done">{fill(text.done, { number: done.recordNumber })}</p>}
        </div>
        <Kinds choice={choice} hasOpenDispute={open.length > 0} onChoose={choose} />
        <div className="form-two">
          <KindFields {...{ choice, disputes: open }} {...form} />
          <PapersField
            label={text.documents}
            hint={text.documentsHint}
            owner={form.uploadOwner}
            items={form.items}
            faults={form.faults}
          />
        </div>
        <p className="rights-once">{text.once}</p>
        <p className="small">{text.basis}</p>
        <div className="form-actions">
          <Button type="primary" size="large" htmlType="submit" loading={form.isSending}>
            {text.submit}
          </Button>
        </div>
      </Section>
    </form>
  );
}

function KindFields({
  choice,
  disputes,
  values,
  faults,
  change,
}: FieldsProps & { choice: Choice; disputes: RightsTimeline['steps'] }) {
  const props = { values, faults, change };
  if (choice === 'SETTLEMENT') return <SettlementFields {...props} disputes={disputes} />;
  const Fields = FIELDS[choice];
  return <Fields {...props} />;
}

interface KindsProps {
  choice: Choice;
  hasOpenDispute: boolean;
  onChoose: (choice: Choice) => void;
}

function Kinds({ choice, hasOpenDispute, onChoose }: KindsProps) {
  const text = useRightsText();
  const options = CHOICES.map((value) => ({
    value,
    label: text.choices[value],
    disabled: value === 'SETTLEMENT' && !hasOpenDispute,
  }));
  return (
    <p className="rights-kinds">
      <Radio.Group
        aria-label={text.chooseKind}
        value={choice}
        options={options}
        optionType="button"
        onChange={({ target }) => onChoose(target.value)}
      />
      {!hasOpenDispute && <span className="small">{text.noOpenDispute}</span>}
    </p>
  );
}

function useRecordForm(workId: string, onDone: (event: RightsEvent) => Promise<unknown>) {
  const text = useRightsText();
  const [values, setValues] = useState(EMPTY);
  const [isSending, setSending] = useState(false);
  // Sent again after a lost answer, it makes no second record.
  const id = useRef(crypto.randomUUID());
  const faults: FormFaults = useFaults({ prefix: 'record', labelOf: (field) => labelOf(field, text) });
  const uploadOwner = `rights:${workId}`;
  const items = useUploads().filter(({ owner }) => owner === uploadOwner);
  const change: FieldsProps['change'] = (field, part) => {
    setValues((last) => ({ ...last, ...part }));
    faults.clear(`facts.${field}`);
  };
  const send = async (choice: Choice) => {
    setSending(true);
    try {
      const documents = items.flatMap(({ uploadId }) => uploadId ?? []);
      const body = { id: id.current, facts: factsOf(choice, values), documents };
      const event = await call('post', '/works/{id}/rights-events', { params: { id: workId }, body });
      id.current = crypto.randomUUID();
      for (const { key } of items) uploadQueue.remove(key);
      setValues(EMPTY);
      faults.clear();
      await onDone(event);
    } catch (error) {
      faults.fail(error);
    } finally {
      setSending(false);
    }
  };
  return { values, change, faults, items, uploadOwner, isSending, send };
}

function labelOf(field: string, text: RightsText): string {
  const [root, name = ''] = field.split('.');
  if (root === 'documents') return text.documents;
  const labels: Record<string, string> = {
    licensee: text.licensee,
    transferee: text.transferee,
    claimant: text.claimant,
    exclusivity: text.exclusivity,
    rights: text.rights,
    rightsNote: text.rightsNote,
    territory: text.territory,
    from: text.from,
    to: text.to,
    transferredOn: text.transferredOn,
    raisedOn: text.raisedOn,
    settledOn: text.settledOn,
    matter: text.matter,
    outcome: text.outcome,
    court: text.court,
    caseNumber: text.caseNumber,
    cites: text.cites,
  };
  return labels[name] ?? field;
}
