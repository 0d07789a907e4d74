// SPDX-License-Identifier: Apache-2.0
// Why somebody looks at a document in clear: it goes into the audit log before anything is shown.
import { Button } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ErrorList } from '../../kit/error-list.tsx';
import { useFaults } from '../../kit/form.ts';
import { TextInput } from '../../kit/inputs.tsx';
import './look-form.css';

interface LookFormProps {
  label: string;
  hint: string;
  button: string;
  /** The reason that stands there first. */
  initial?: string;
  isPending: boolean;
  look: (reason: string) => Promise<unknown>;
  children?: ReactNode;
}

export function LookForm({ label, hint, button, initial = '', isPending, look, children }: LookFormProps) {
  const [reason, setReason] = useState(initial);
  const faults = useFaults({ prefix: 'look', labelOf: () => label });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    faults.clear();
    look(reason).catch(faults.fail);
  };
  return (
    <form className="form look-form" onSubmit={submit} noValidate>
      {children}
      <ErrorList {...faults} />
      <TextInput
        field="reason"
        label={label}
        hint={hint}
        value={reason}
        maxLength={200}
        isRequired
        faults={faults}
        onChange={(typed) => {
          setReason(typed);
          faults.clear('reason');
        }}
      />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={isPending}>
          {button}
        </Button>
      </div>
    </form>
  );
}
