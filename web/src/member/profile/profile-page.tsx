// SPDX-License-Identifier: Apache-2.0
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { useProfileText } from './i18n.ts';
import { IdentityForm } from './identity-form.tsx';
import './profile.css';

type Identity = components['schemas']['Identity'];

export function ProfilePage() {
  const text = useProfileText();
  const me = useMe();
  const identity = useQuery({ queryKey: ['identity'], queryFn: ({ signal }) => call('get', '/identity', { signal }) });
  return (
    <>
      <PageTitle title={text.title} />
      {me.data && !me.data.isVerified && <p className="notice">{text.first}</p>}
      <Section title={text.account}>
        <Loaded query={me}>
          {({ userNumber, referrer, phone, createdAt }) => (
            <Facts
              rows={[
                [
                  text.userNumber,
                  `${userNumber} ${referrer === null ? '' : fill(text.referrer, { number: referrer })}`,
                ],
                [
                  text.phone,
                  <span key="phone">
                    {phone} <span className="small">{text.phoneHint}</span>
                  </span>,
                ],
                [text.since, formatTime(createdAt)],
              ]}
            />
          )}
        </Loaded>
      </Section>
      <Section title={text.realName}>
        <Loaded query={identity}>{(current) => <RealName identity={current} />}</Loaded>
      </Section>
    </>
  );
}

function RealName({ identity }: { identity: Identity }) {
  const text = useProfileText();
  const queries = useQueryClient();
  const [nature, setNature] = useState<'PERSONAL' | 'ORGANISATION'>('PERSONAL');
  const [isEditing, setEditing] = useState(false);
  const finish = async (saved: Identity) => {
    queries.setQueryData(['identity'], saved);
    await queries.invalidateQueries({ queryKey: ['me'] });
    setEditing(false);
  };
  if (identity.state === 'VERIFIED' && !isEditing) {
    return <VerifiedView identity={identity} onEdit={() => setEditing(true)} />;
  }
  return (
    <>
      <div className="field">
        <span className="field-label" id="nature-label">
          {text.nature}
        </span>
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
      {nature === 'PERSONAL' ? (
        <IdentityForm onSaved={finish} {...(isEditing && { onCancel: () => setEditing(false) })} />
      ) : (
        <div className="notice">
          <p>{text.organisationSoon}</p>
          <p>{text.organisationNow}</p>
        </div>
      )}
    </>
  );
}

function VerifiedView({ identity, onEdit }: { identity: Identity; onEdit: () => void }) {
  const text = useProfileText();
  const { name = '', idNumber = '', email = '', verifiedAt } = identity;
  return (
    <>
      <div className="notice notice-done" role="status">
        {fill(text.done, { time: verifiedAt ? formatTime(verifiedAt) : '' })}{' '}
        <Link to="/member/publish">{text.goPublish}</Link>
      </div>
      <Facts
        rows={[
          [text.nature, text.person],
          [text.name, name],
          [text.idNumber, <code key="number">{idNumber}</code>],
          [text.email, email],
          [text.idImages, text.images],
        ]}
      />
      <div>
        <Button onClick={onEdit}>{text.edit}</Button> <span className="small">{text.editHint}</span>
      </div>
    </>
  );
}
