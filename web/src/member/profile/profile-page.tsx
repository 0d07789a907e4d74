// SPDX-License-Identifier: Apache-2.0
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import { useIdentity } from '../../api/identity.ts';
import type { components } from '../../api/schema.gen.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { useKitText } from '../../kit/i18n.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { Invitations } from '../organisation/invitations.tsx';
import { NewOrganisation, OrganisationRecord } from '../organisation/organisation-record.tsx';
import { AccountSection } from './account-section.tsx';
import { ContactForm } from './contact-form.tsx';
import { useProfileText } from './i18n.ts';
import { IdentityForm } from './identity-form.tsx';
import './profile.css';

type Identity = components['schemas']['Identity'];

export function ProfilePage() {
  const text = useProfileText();
  const me = useMe();
  const isOrganisation = Boolean(me.data?.actingFor);
  return (
    <>
      <PageTitle title={text.title} />
      {me.data && !me.data.isVerified && !isOrganisation && <p className="notice">{text.first}</p>}
      <Invitations />
      <AccountSection />
      <Section title={text.realName}>{isOrganisation ? <OrganisationRecord /> : <PersonRecord />}</Section>
    </>
  );
}

function PersonRecord() {
  const identity = useIdentity();
  return <Loaded query={identity}>{(current) => <RealName identity={current} />}</Loaded>;
}

type Editing = 'contact' | 'person' | 'organisation';

function RealName({ identity }: { identity: Identity }) {
  const queries = useQueryClient();
  const [editing, setEditing] = useState<Editing>();
  const finish = async (saved: Identity) => {
    queries.setQueryData(['identity'], saved);
    await queries.invalidateQueries({ queryKey: ['me'] });
    setEditing(undefined);
  };
  const isVerified = identity.state === 'VERIFIED';
  if (identity.state === 'PENDING' && editing === undefined)
    return <PendingView identity={identity} onEdit={() => setEditing('person')} />;
  if (isVerified && editing === undefined) return <VerifiedView identity={identity} onEdit={setEditing} />;
  if (editing === 'contact') {
    return (
      <>
        <PersonFacts identity={identity} />
        <WithForm>
          {({ email, address }) => (
            <ContactForm initial={{ email, address }} onSaved={finish} onCancel={() => setEditing(undefined)} />
          )}
        </WithForm>
      </>
    );
  }
  const initial = editing === 'organisation' ? 'ORGANISATION' : 'PERSONAL';
  const isReturned = identity.state === 'REJECTED';
  const canLeave = isVerified || identity.state === 'PENDING';
  return (
    <>
      {isReturned && <Returned identity={identity} />}
      <Nature
        initial={initial}
        returned={isReturned ? (identity.reasons ?? []) : []}
        onSaved={finish}
        {...(canLeave && { onCancel: () => setEditing(undefined) })}
      />
    </>
  );
}

/** The form as it was left, else what is on record: read when it is opened, never kept in the page. */
function WithForm({ children }: { children: (form: Required<components['schemas']['IdentityForm']>) => ReactNode }) {
  const form = useQuery({
    queryKey: ['identity-form'],
    queryFn: ({ signal }) => call('get', '/identity/form', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return <Loaded query={form}>{(left) => children(left.form)}</Loaded>;
}

type NatureName = 'PERSONAL' | 'ORGANISATION';

interface NatureProps {
  initial: NatureName;
  returned: NonNullable<Identity['reasons']>;
  onSaved: (saved: Identity) => Promise<void>;
  onCancel?: () => void;
}

function Nature({ initial, returned, onSaved, onCancel }: NatureProps) {
  const text = useProfileText();
  const [nature, setNature] = useState<NatureName>(initial);
  return (
    <>
      <div className="field">
        <span className="field-label" id="nature-label">
          {text.nature}
        </span>
        <div className="field-control">
          <Radio.Group
            aria-labelledby="nature-label"
            value={nature}
            onChange={(event) => setNature(event.target.value)}
            options={[
              { value: 'PERSONAL', label: text.person },
              { value: 'ORGANISATION', label: text.organisation },
            ]}
          />
        </div>
      </div>
      {nature === 'PERSONAL' ? (
        <WithForm>
          {(form) => <IdentityForm initial={form} {...{ returned, onSaved }} {...(onCancel && { onCancel })} />}
        </WithForm>
      ) : (
        <NewOrganisation {...(onCancel && { onCancel })} />
      )}
    </>
  );
}

function PendingView({ identity, onEdit }: { identity: Identity; onEdit: () => void }) {
  const text = useProfileText();
  const { stateAt = '' } = identity;
  return (
    <>
      <div className="notice" role="status">
        {fill(text.pending, { time: formatTime(stateAt) })}
      </div>
      <PersonFacts identity={identity} withEmail />
      <div>
        <Button onClick={onEdit}>{text.sendAgain}</Button> <span className="small">{text.sendAgainHint}</span>
      </div>
    </>
  );
}

function Returned({ identity: { stateAt = '', reasons = [], documentType } }: { identity: Identity }) {
  const text = useProfileText();
  const { colon } = useKitText();
  const fields: Record<string, unknown> = {
    ...text,
    idNumber: text.documentNumber,
    frontImageId: documentType === 'PASSPORT' ? text.dataPage : text.cardFront,
    backImageId: text.cardBack,
  };
  return (
    <div className="notice notice-error" role="status">
      <p>{fill(text.rejected, { time: formatTime(stateAt), count: reasons.length })}</p>
      <ul aria-label={text.reasons}>
        {reasons.map(({ field, code, text: reason }) => (
          <li key={field + code + reason}>
            <strong>{String(fields[field] ?? field)}</strong> · {text.reasonCodes[code]}
            {colon}
            {reason}
          </li>
        ))}
      </ul>
    </div>
  );
}

function VerifiedView({ identity, onEdit }: { identity: Identity; onEdit: (what: Editing) => void }) {
  const text = useProfileText();
  const { verifiedAt } = identity;
  return (
    <>
      <div className="notice notice-done" role="status">
        {fill(text.done, { time: verifiedAt ? formatTime(verifiedAt) : '' })}{' '}
        <Link to="/member/publish">{text.goPublish}</Link>
      </div>
      <PersonFacts identity={identity} withEmail />
      <div>
        <Button onClick={() => onEdit('contact')}>{text.edit}</Button> <span className="small">{text.editHint}</span>
      </div>
      <div>
        <Button onClick={() => onEdit('person')}>{text.again}</Button> <span className="small">{text.againHint}</span>
      </div>
      <div>
        <Button onClick={() => onEdit('organisation')}>{text.found}</Button>{' '}
        <span className="small">{text.foundHint}</span>
      </div>
    </>
  );
}

function PersonFacts({ identity, withEmail }: { identity: Identity; withEmail?: boolean }) {
  const text = useProfileText();
  const { name = '', fullName = name, idNumber = '', email = '', documentType } = identity;
  const isPassport = documentType === 'PASSPORT';
  return (
    <Facts
      rows={[
        [text.nature, text.person],
        [text.name, fullName],
        [isPassport ? text.passportNumber : text.idNumber, <code key="number">{idNumber}</code>],
        ...(withEmail ? [[text.email, email] as const] : []),
        [isPassport ? text.documentImages : text.idImages, text.images],
      ]}
    />
  );
}
