// SPDX-License-Identifier: Apache-2.0
// A member without a draft: the attestation of one of their works is made and submitted at once.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { filledIn, useFaults } from '../../kit/form.ts';
import { Choice, TextArea, TextInput } from '../../kit/inputs.tsx';
import { Facts, Section } from '../../kit/section.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { optionsOf, useKinds } from '../../orders/kinds.ts';
import { useLabelOf } from '../../orders/labels.ts';
import { useAmountWords } from '../../orders/price-words.ts';
import { useFinding } from '../desk/use-finding.ts';
import { useCounterText } from './i18n.ts';
import { MandateUpload } from './mandate-upload.tsx';
import { People, SELF } from './people.tsx';

type Schemas = components['schemas'];
type Member = Schemas['CounterMember'];
type Filed = (filing: Schemas['CounterFiling']) => void;

export function MakeOrder({ onFound, onFiled }: { onFound: () => void; onFiled: Filed }) {
  const text = useCounterText();
  const [userNumber, setUserNumber] = useState('');
  const [member, setMember] = useState<Member>();
  const faults = useFaults({ prefix: 'counter-member', labelOf: () => text.userNumber });
  const { submit, isFinding } = useFinding({
    faults,
    onFound: (found: Member | undefined) => {
      setMember(found);
      if (found) onFound();
    },
    ask: () =>
      call('get', '/staff/counter-members/{userNumber}', { params: { userNumber: userNumber.trim() || 'ID0' } }),
  });
  const done: Filed = (filing) => {
    setMember(undefined);
    onFiled(filing);
  };
  return (
    <>
      <Section title={text.findMember}>
        <form className="stack" onSubmit={submit} noValidate>
          <ErrorList {...faults} />
          <div className="form">
            <TextInput
              {...{ field: 'userNumber', label: text.userNumber, value: userNumber, hint: text.userNumberHint, faults }}
              isRequired
              isWide
              maxLength={40}
              onChange={(typed) => {
                setUserNumber(typed);
                faults.clear();
                setMember(undefined);
              }}
            />
          </div>
          <div className="form-actions">
            <Button htmlType="submit" size="large" loading={isFinding}>
              {text.findMember}
            </Button>
          </div>
        </form>
      </Section>
      {member && <OrderOfMember key={member.userNumber} member={member} onFiled={done} />}
    </>
  );
}

interface OfMember {
  member: Member;
  onFiled: Filed;
}

function OrderOfMember({ member, onFiled }: OfMember) {
  const text = useCounterText();
  const amountWords = useAmountWords();
  const { applicant, userNumber, priceFen, discount, isOwn, works } = member;
  return (
    <Section title={text.newOrder} aside={text.kinds.attestation}>
      <Facts
        rows={[
          [text.applicant, `${applicant} ${userNumber}`],
          [text.price, amountWords(priceFen, discount)],
        ]}
      />
      {isOwn && <p className="notice">{text.ownMember}</p>}
      {!isOwn && works.length === 0 && <p className="notice">{text.noWorks}</p>}
      {!isOwn && works.length > 0 && <OrderForm member={member} onFiled={onFiled} />}
    </Section>
  );
}

type Form = Schemas['CounterOrderForm'];

/** What is missing in the work is named as for its owner, who mends it there. */
function OrderForm({ member, onFiled }: OfMember) {
  const text = useCounterText();
  const order = useAttestationText();
  const workTypes: Readonly<Record<string, string>> = useKinds().workTypes;
  const labelOfOrder = useLabelOf();
  const { userNumber, priceFen, works, holders } = member;
  const [form, setForm] = useState<Omit<Form, 'userNumber' | 'priceFen'>>({
    ...{ workId: '', mandateId: '', depositors: [SELF], authors: [SELF] },
    ...{ creationNature: 'ORIGINAL', creationNote: '', acquisition: 'ORIGINAL' },
  });
  const [isSending, setSending] = useState(false);
  const own: Record<string, string> = { workId: text.work, mandateId: text.mandate };
  const faults = useFaults({ prefix: 'counter-order', labelOf: (field) => own[field] ?? labelOfOrder(field) });
  const make = useMutation({
    mutationFn: () => call('post', '/staff/counter-orders', { body: filledIn({ ...form, userNumber, priceFen }) }),
    onSuccess: onFiled,
    onError: faults.fail,
  });
  const change = (part: Partial<typeof form>) => {
    setForm((last) => ({ ...last, ...part }));
    for (const field of Object.keys(part)) faults.clear(field);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!make.isPending && !isSending) make.mutate();
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p className="small">{text.checkOrder}</p>
      <ErrorList {...faults} />
      <div className="form">
        <Choice
          {...{ field: 'workId', label: text.work, value: form.workId || null, faults, isRequired: true, isWide: true }}
          options={works.map(({ id, title, workType, files }) => ({
            value: id,
            label: fill(text.workOption, { title, kind: workTypes[workType ?? ''] ?? text.noKind, count: files }),
          }))}
          onChange={(workId) => change({ workId: workId ?? '' })}
        />
        <People
          {...{ field: 'depositors', label: order.depositors, value: form.depositors, faults }}
          holders={holders.filter(({ roles }) => roles.includes('OWNER'))}
          onChange={(depositors) => change({ depositors })}
        />
        <People
          {...{ field: 'authors', label: order.authors, value: form.authors, faults }}
          holders={holders.filter(({ roles }) => roles.includes('AUTHOR'))}
          onChange={(authors) => change({ authors })}
        />
        <Choice
          {...{ field: 'creationNature', label: order.creationNature, value: form.creationNature ?? null, faults }}
          isRequired
          options={optionsOf(order.creationNatures)}
          onChange={(creationNature) => change({ creationNature })}
        />
        {form.creationNature !== 'ORIGINAL' && (
          <TextArea
            {...{ field: 'creationNote', label: order.creationNote, value: form.creationNote ?? '', faults }}
            isRequired
            isWide
            maxLength={200}
            onChange={(creationNote) => change({ creationNote })}
          />
        )}
        <Choice
          {...{ field: 'acquisition', label: order.acquisition, value: form.acquisition ?? null, faults }}
          isRequired
          options={optionsOf(order.acquisitions)}
          onChange={(acquisition) => change({ acquisition })}
        />
        <MandateUpload faults={faults} onSending={setSending} onSent={(mandateId) => change({ mandateId })} />
      </div>
      <div className="form-actions">
        <Button type="primary" size="large" htmlType="submit" loading={make.isPending} disabled={isSending}>
          {text.file}
        </Button>
      </div>
    </form>
  );
}
