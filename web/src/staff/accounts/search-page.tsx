// SPDX-License-Identifier: Apache-2.0
// Accounts by an exact number. What was typed stays in the page: it belongs into no address.
import { useMutation } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { FoundAccount } from '../../api/staff.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { useFaults } from '../../kit/form.ts';
import { useKitText } from '../../kit/i18n.ts';
import { TextInput } from '../../kit/inputs.tsx';
import { PageTitle } from '../../kit/section.tsx';
import { Empty } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { useShellText } from '../shell/i18n.ts';
import { useAccountText } from './i18n.ts';
import './accounts.css';

const KINDS = ['phone', 'id-number', 'user-number'] as const;

export function AccountSearchPage() {
  const text = useAccountText();
  const [by, setBy] = useState<(typeof KINDS)[number]>('phone');
  const [value, setValue] = useState('');
  const faults = useFaults({ prefix: 'account-search', labelOf: () => text.value });
  const search = useMutation({
    mutationFn: () => call('post', '/staff/account-searches', { body: { by, value } }),
    onError: faults.fail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    faults.clear();
    search.mutate();
  };
  return (
    <Main className="desk-main">
      <PageTitle title={text.title} />
      <p className="account-lead">{text.lead}</p>
      <form className="form account-search" onSubmit={submit} noValidate>
        <ErrorList {...faults} />
        <Field id="account-search-by" label={text.by}>
          {({ status: _status, ...control }) => (
            <Select
              {...control}
              aria-label={text.by}
              className="whole"
              value={by}
              options={KINDS.map((kind) => ({ value: kind, label: text.kinds[kind] }))}
              onChange={(next) => {
                setBy(next);
                search.reset();
                faults.clear();
              }}
            />
          )}
        </Field>
        <TextInput
          field="value"
          label={text.value}
          value={value}
          maxLength={40}
          isRequired
          hint={by === 'id-number' && text.documentHint}
          faults={faults}
          onChange={(typed) => {
            setValue(typed);
            faults.clear('value');
          }}
        />
        <div className="form-actions">
          <Button type="primary" htmlType="submit" loading={search.isPending}>
            {text.search}
          </Button>
        </div>
      </form>
      <div role="status">{search.data && <Found items={search.data.items} />}</div>
    </Main>
  );
}

function Found({ items }: { items: readonly FoundAccount[] }) {
  const text = useAccountText();
  const { roles: roleNames } = useShellText();
  const { comma } = useKitText();
  if (items.length === 0) return <Empty title={text.none} />;
  return (
    <table className="rows" aria-label={text.title}>
      <TableHead columns={[text.userNumber, text.phone, text.name, text.state, text.roles]} />
      <tbody>
        {items.map(({ id, userNumber, phone, name, state, roles }) => (
          <tr key={id}>
            <td data-label={text.userNumber}>
              <Link to={`/staff/accounts/${id}`}>{userNumber}</Link>
            </td>
            <td data-label={text.phone}>{phone}</td>
            <td data-label={text.name}>{name ?? text.noName}</td>
            <td data-label={text.state}>{text.states[state]}</td>
            <td data-label={text.roles}>{roles.map((role) => roleNames[role]).join(comma) || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
