// SPDX-License-Identifier: Apache-2.0
// 授权同意 and 注销账号: what ends a consent or the account, and what must end before.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { useLeave } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { useFaults } from '../../kit/form.ts';
import { Facts, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { useSecurityText } from './i18n.ts';

/** What must end before, and whether a legal hold keeps a part. */
const useClosing = () =>
  useQuery({ queryKey: ['closing'], queryFn: ({ signal }) => call('get', '/me/closing', { signal }) });

export function ConsentSection() {
  const text = useSecurityText();
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const consents = useQuery({
    queryKey: ['consents'],
    queryFn: ({ signal }) => call('get', '/me/consents', { signal }),
  });
  const closing = useClosing();
  const withdraw = useMutation({
    mutationFn: () => call('delete', '/me/consents/identity'),
    onSuccess: async () => {
      setAsked(false);
      await Promise.all(['consents', 'me', 'identity'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    },
  });
  return (
    <Section title={text.consentTitle}>
      <Loaded query={consents}>
        {({ agreements, identity }) => (
          <>
            <Facts
              rows={[
                ...agreements.map(({ slug, accepted }): [string, ReactNode] => [
                  text.agreements[slug],
                  <span key={slug}>
                    {fill(text.consentGiven, { time: formatTime(accepted.at) })}{' '}
                    <a href={`/pages/${slug}?version=${accepted.version}`}>
                      {fill(text.agreedVersion, { version: accepted.version })}
                    </a>
                  </span>,
                ]),
                [
                  text.consentIdentity,
                  identity === null ? text.consentNone : fill(text.consentGiven, { time: formatTime(identity) }),
                ],
              ]}
            />
            {identity !== null && (
              <div>
                <Button onClick={() => setAsked(true)}>{text.withdraw}</Button>
              </div>
            )}
          </>
        )}
      </Loaded>
      <Confirm
        isOpen={isAsked}
        title={text.withdraw}
        lead={closing.data?.isHeld ? `${text.withdrawLead} ${text.held}` : text.withdrawLead}
        yes={text.withdrawYes}
        no={text.cancel}
        action={withdraw}
        onClose={() => setAsked(false)}
      />
    </Section>
  );
}

export function ClosingSection() {
  const text = useSecurityText();
  const [isOpen, setOpen] = useState(false);
  const blockers = useClosing();
  return (
    <Section title={text.closingTitle}>
      <p>{text.closingLead}</p>
      <Loaded query={blockers}>
        {({ reasons, isHeld }) =>
          reasons.length > 0 ? (
            <div className="notice">
              <p>{text.closingBlocked}</p>
              <ul>
                {reasons.map((reason) => (
                  <li key={reason}>{text.blockers[reason]}</li>
                ))}
              </ul>
            </div>
          ) : isOpen ? (
            <>
              {isHeld && <p className="notice">{text.held}</p>}
              <ClosingForm onCancel={() => setOpen(false)} />
            </>
          ) : (
            <div>
              <Button onClick={() => setOpen(true)}>{text.closeAccount}</Button>
            </div>
          )
        }
      </Loaded>
    </Section>
  );
}

function ClosingForm({ onCancel }: { onCancel: () => void }) {
  const text = useSecurityText();
  const leave = useLeave();
  const [password, setPassword] = useState('');
  const [isUnderstood, setUnderstood] = useState(false);
  const [erasesOrders, setErasesOrders] = useState(false);
  const [isSending, setSending] = useState(false);
  const labels: Record<string, string> = { password: text.password, isUnderstood: text.understood };
  const faults = useFaults({ prefix: 'closing', labelOf: (field) => labels[field] ?? field });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const missing = [
      ...(password === '' ? [{ field: 'password', code: 'missing' as const }] : []),
      ...(isUnderstood ? [] : [{ field: 'isUnderstood', code: 'consent-missing' as const }]),
    ];
    if (missing.length > 0) return faults.fail(new ApiError('invalid-request', { errors: missing }));
    setSending(true);
    try {
      await call('post', '/me/closing', { body: { password, isUnderstood, erasesOrders } });
      leave();
    } catch (error) {
      faults.fail(error);
      setSending(false);
    }
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <ErrorList {...faults} />
      <Field id="closing-password" label={text.password} isRequired error={faults.sentenceOf('password')}>
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="current-password"
            value={password}
            onChange={(event) => {
              setPassword(event.target.value);
              faults.clear('password');
            }}
          />
        )}
      </Field>
      <Field id="closing-erasesOrders" label="" isGroup hint={text.erasesOrdersHint}>
        {({ status, ...control }) => (
          <Checkbox {...control} checked={erasesOrders} onChange={(event) => setErasesOrders(event.target.checked)}>
            {text.erasesOrders}
          </Checkbox>
        )}
      </Field>
      <Field id="closing-isUnderstood" label="" isGroup error={faults.sentenceOf('isUnderstood')}>
        {({ status, ...control }) => (
          <Checkbox
            {...control}
            checked={isUnderstood}
            onChange={(event) => {
              setUnderstood(event.target.checked);
              faults.clear('isUnderstood');
            }}
          >
            {text.understood}
          </Checkbox>
        )}
      </Field>
      <div className="form-actions">
        <Button danger size="large" htmlType="submit" loading={isSending}>
          {text.closeNow}
        </Button>
        <Button size="large" onClick={onCancel}>
          {text.cancel}
        </Button>
      </div>
    </form>
  );
}
