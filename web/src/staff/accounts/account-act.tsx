// SPDX-License-Identifier: Apache-2.0
// Asks once more, with the effect and a reason, before anything is done to an account.
import { useMutation } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import type { Role, StaffAccount } from '../../api/staff.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { type FormFaults, useFaults } from '../../kit/form.ts';
import { Choice, TextArea } from '../../kit/inputs.tsx';
import { useShellText } from '../shell/i18n.ts';
import { useAccountText } from './i18n.ts';

export type Act =
  | { kind: 'lock' | 'unlock' | 'close' | 'resetSecondStep' | 'GRANT' }
  | { kind: 'WITHDRAW'; role: Role };

interface AccountActProps {
  account: StaffAccount;
  act: Act;
  onDone: (account: StaffAccount, sentence: string) => void;
  onClose: () => void;
}

export function AccountAct({ account, act, onDone, onClose }: AccountActProps) {
  const text = useAccountText();
  const { roles: names } = useShellText();
  const [role, setRole] = useState<Role | null>(act.kind === 'WITHDRAW' ? act.role : null);
  const [reason, setReason] = useState('');
  const faults = useFaults({ prefix: 'act', labelOf: (field) => (field === 'role' ? text.chooseRole : text.reason) });
  const send = useMutation({
    mutationFn: () => perform(account.id, act, { role, reason }),
    onSuccess: (changed) => onDone(changed, text[act.kind]),
    onError: faults.fail,
  });
  return (
    <Modal
      open
      title={act.kind === 'WITHDRAW' ? `${text.WITHDRAW} ${names[act.role]}` : text[act.kind]}
      okText={text.yes}
      cancelText={text.no}
      confirmLoading={send.isPending}
      onOk={() => send.mutate()}
      onCancel={onClose}
    >
      <div className="account-act">
        <p>{text.effects[act.kind]}</p>
        <ErrorList {...faults} />
        {act.kind === 'GRANT' && <RoleChoice {...{ account, role, faults }} onChange={setRole} />}
        <TextArea
          field="reason"
          label={text.reason}
          hint={text.reasonHint}
          value={reason}
          maxLength={200}
          rows={3}
          isRequired
          faults={faults}
          onChange={(typed) => {
            setReason(typed);
            faults.clear('reason');
          }}
        />
      </div>
    </Modal>
  );
}

interface RoleChoiceProps extends Pick<AccountActProps, 'account'> {
  role: Role | null;
  faults: FormFaults;
  onChange: (role: Role | null) => void;
}

function RoleChoice({ account, role, faults, onChange }: RoleChoiceProps) {
  const text = useAccountText();
  const { roles: names } = useShellText();
  const held = account.roles.map((each) => each.role);
  // In the order of the names, those that the account has not.
  const ROLES: readonly Role[] = ['reviewer', 'senior-reviewer', 'finance', 'auditor', 'admin', 'security-admin'];
  const options = ROLES.filter((each) => !held.includes(each)).map((value) => ({ value, label: names[value] }));
  return (
    <Choice
      field="role"
      label={text.chooseRole}
      value={role}
      options={options}
      isRequired
      faults={faults}
      onChange={(next) => {
        onChange(next);
        faults.clear('role');
      }}
    />
  );
}

function perform(id: string, act: Act, { role, reason }: { role: Role | null; reason: string }): Promise<StaffAccount> {
  const params = { id };
  if (act.kind === 'resetSecondStep')
    return call('post', '/staff/accounts/{id}/second-step-reset', { params, body: { reason } });
  if (act.kind === 'GRANT' || act.kind === 'WITHDRAW') {
    // Without a role the portal names the field.
    const body = { change: act.kind, reason, ...(role && { role }) } as { change: 'GRANT'; reason: string; role: Role };
    return call('post', '/staff/accounts/{id}/role-changes', { params, body });
  }
  return call('post', '/staff/accounts/{id}/state-changes', { params, body: { event: act.kind, reason } });
}
