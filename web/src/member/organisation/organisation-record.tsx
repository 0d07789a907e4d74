// SPDX-License-Identifier: Apache-2.0
// 实名认证 while somebody acts for an organisation: how its review stands, what it states, and the form to change it.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import { type Organisation, type OrganisationDraft, useOrganisation } from '../../api/organisations.ts';
import { fill } from '../../i18n/fill.ts';
import { useKitText } from '../../kit/i18n.ts';
import { Facts } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { useOrganisationText } from './i18n.ts';
import { OrganisationForm } from './organisation-form.tsx';

export function OrganisationRecord() {
  return <Loaded query={useOrganisation()}>{(found) => <Record organisation={found} />}</Loaded>;
}

function Record({ organisation }: { organisation: Organisation }) {
  const text = useOrganisationText();
  const [isEditing, setEditing] = useState(false);
  const finish = useFinish(() => setEditing(false));
  const isManager = organisation.role === 'MANAGER';
  const isReturned = organisation.state === 'REJECTED';
  return (
    <>
      <ReviewState organisation={organisation} />
      {(isReturned || isEditing) && isManager ? (
        <WithOrganisationForm>
          {(form) => (
            <OrganisationForm
              initial={form}
              isKnown
              onSaved={finish}
              {...(isEditing && !isReturned && { onCancel: () => setEditing(false) })}
            />
          )}
        </WithOrganisationForm>
      ) : (
        <>
          <OrganisationFacts organisation={organisation} />
          {isManager ? (
            <div>
              <Button onClick={() => setEditing(true)}>{text.edit}</Button>{' '}
              <span className="small">{text.editHint}</span>
            </div>
          ) : (
            <p className="small">{text.clerkHint}</p>
          )}
        </>
      )}
    </>
  );
}

/** The organisation that somebody founds; afterwards they act for it. */
export function NewOrganisation({ onCancel }: { onCancel?: () => void }) {
  const finish = useFinish();
  return (
    <WithOrganisationForm>
      {(form) => <OrganisationForm initial={form} isKnown={false} onSaved={finish} {...(onCancel && { onCancel })} />}
    </WithOrganisationForm>
  );
}

function useFinish(onDone = () => {}) {
  const queries = useQueryClient();
  return async (saved: Organisation) => {
    queries.setQueryData(['organisation'], saved);
    await queries.invalidateQueries({ queryKey: ['me'] });
    onDone();
  };
}

/** Read when it is opened, never kept in the page. */
function WithOrganisationForm({ children }: { children: (form: OrganisationDraft) => ReactNode }) {
  const form = useQuery({
    queryKey: ['organisation-form'],
    queryFn: ({ signal }) => call('get', '/organisations/form', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return <Loaded query={form}>{(left) => children(left.form)}</Loaded>;
}

function ReviewState({ organisation: { state, stateAt, reasons } }: { organisation: Organisation }) {
  const text = useOrganisationText();
  const { colon } = useKitText();
  const labels: Record<string, unknown> = text;
  const time = formatTime(stateAt);
  if (state === 'VERIFIED')
    return (
      <div className="notice notice-done" role="status">
        {fill(text.verified, { time })} <Link to="/member/publish">{text.goPublish}</Link>{' '}
        <Link to="/member/organisation-members">{text.goMembers}</Link>
      </div>
    );
  if (state === 'PENDING')
    return (
      <div className="notice" role="status">
        {fill(text.pending, { time })}
      </div>
    );
  return (
    <div className="notice notice-error" role="status">
      <p>{fill(text.rejected, { time, count: reasons.length })}</p>
      <ul aria-label={text.reasons}>
        {reasons.map(({ field, code, text: reason }) => (
          <li key={field + code + reason}>
            <strong>{String(labels[field] ?? field)}</strong> · {text.reasonCodes[code]}
            {colon}
            {reason}
          </li>
        ))}
      </ul>
    </div>
  );
}

function OrganisationFacts({ organisation }: { organisation: Organisation }) {
  const text = useOrganisationText();
  const { name, creditCode, phone, representative, email, address, state } = organisation;
  return (
    <Facts
      rows={[
        [text.nature, text.organisation],
        [text.state, text.states[state]],
        [text.name, name],
        [text.creditCode, <code key="code">{creditCode}</code>],
        [text.phone, phone],
        [text.representative, representative],
        [text.email, email],
        [text.address, address],
      ]}
    />
  );
}
