// SPDX-License-Identifier: Apache-2.0
import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { useFaults } from '../../kit/form.ts';
import { useOrganisationText } from './i18n.ts';

export function InviteForm() {
  const text = useOrganisationText();
  const queries = useQueryClient();
  const [phone, setPhone] = useState('');
  const [role, setRole] = useState<'MANAGER' | 'CLERK'>('CLERK');
  const [isSending, setSending] = useState(false);
  const [isSent, setSent] = useState(false);
  const faults = useFaults({
    prefix: 'invite',
    labelOf: (field) => (field === 'phone' ? text.invitePhone : text.inviteRole),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    setSent(false);
    faults.clear();
    try {
      await call('post', '/organisations/current/invitations', { body: { phone, role } });
      setPhone('');
      setSent(true);
      await queries.invalidateQueries({ queryKey: ['organisation-members'] });
    } catch (error) {
      faults.fail(error);
    } finally {
      setSending(false);
    }
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <ErrorList {...faults} />
      <div className="form-two">
        <Field
          id="invite-phone"
          label={text.invitePhone}
          isRequired
          error={faults.sentenceOf('phone')}
          cleaned={{ as: 'number', value: phone, onChange: setPhone }}
        >
          {(control) => (
            <Input
              {...control}
              type="tel"
              autoComplete="off"
              value={phone}
              onChange={(event) => {
                setPhone(event.target.value);
                faults.clear('phone');
              }}
            />
          )}
        </Field>
        <Field id="invite-role" label={text.inviteRole} isGroup error={faults.sentenceOf('role')}>
          {() => (
            <Radio.Group
              aria-labelledby="invite-role-label"
              value={role}
              onChange={(event) => setRole(event.target.value)}
              options={(['CLERK', 'MANAGER'] as const).map((value) => ({ value, label: text.roles[value] }))}
            />
          )}
        </Field>
      </div>
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={isSending}>
          {text.sendInvitation}
        </Button>
        <span className="small">{text.inviteHint}</span>
      </div>
      <div role="status">{isSent && <p className="notice notice-done">{text.invited}</p>}</div>
    </form>
  );
}
