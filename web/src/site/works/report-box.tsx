// SPDX-License-Identifier: Apache-2.0
// 举报: a visitor tells staff what is wrong with a public work. What they typed stays when it is refused.
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { PortalError } from '../public-portal.ts';
import { reportWork } from './portal.ts';
import { sentenceOf, useWords } from './words.ts';

export function ReportBox({ id }: { id: string }) {
  const words = useWords();
  const [state, setState] = useState<'closed' | 'open' | 'sent'>('closed');
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (state === 'sent') said.current?.focus();
  }, [state]);
  if (state === 'sent')
    return (
      <p className="report-done" role="status" tabIndex={-1} ref={said}>
        {words.reported}
      </p>
    );
  if (state === 'open')
    return <ReportForm id={id} onSent={() => setState('sent')} onCancel={() => setState('closed')} />;
  return (
    <p>
      <button type="button" className="button" onClick={() => setState('open')}>
        {words.report}
      </button>
    </p>
  );
}

function ReportForm({ id, onSent, onCancel }: { id: string; onSent: () => void; onCancel: () => void }) {
  const words = useWords();
  const [error, setError] = useState<PortalError>();
  const [isSending, setSending] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const [ground = '', text = '', contact = ''] = ['ground', 'text', 'contact'].map((name) =>
      String(typed.get(name) ?? ''),
    );
    setSending(true);
    setError(undefined);
    const failure = await (ground === ''
      ? new PortalError('invalid-request', ['ground'])
      : reportWork(id, { ground, text, contact }).catch((thrown: PortalError) => thrown));
    setSending(false);
    if (failure) setError(failure);
    else onSent();
  };
  const faultOf = (field: string) => (error?.fields.includes(field) ? words.fields[field] : undefined);
  return (
    <form
      className="sheet report-form"
      aria-labelledby="report-title"
      noValidate
      onSubmit={(event) => void send(event)}
    >
      <h2 id="report-title">{words.reportTitle}</h2>
      <p>{words.reportLead}</p>
      <Field field="ground" label={words.ground} fault={faultOf('ground')}>
        <select id="report-ground" name="ground" defaultValue="" {...described('ground', faultOf('ground'))}>
          <option value="">{words.choose}</option>
          {Object.entries(words.grounds).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field field="text" label={words.reportText} hint={words.reportTextHint} fault={faultOf('text')}>
        <textarea id="report-text" name="text" rows={4} {...described('text', faultOf('text'))} />
      </Field>
      <Field field="contact" label={words.contact} hint={words.contactHint} fault={faultOf('contact')}>
        <input id="report-contact" name="contact" autoComplete="off" {...described('contact', faultOf('contact'))} />
      </Field>
      {error && error.fields.length === 0 && (
        <p className="report-fault" role="alert">
          {sentenceOf(words, error)}
        </p>
      )}
      <p className="report-buttons">
        <button type="submit" className="button primary" disabled={isSending}>
          {isSending ? words.sending : words.send}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {words.cancel}
        </button>
      </p>
    </form>
  );
}

interface FieldProps {
  field: string;
  label: string;
  hint?: string;
  fault: string | undefined;
  children: ReactNode;
}

function Field({ field, label, hint, fault, children }: FieldProps) {
  return (
    <div className="report-field">
      <label htmlFor={`report-${field}`}>{label}</label>
      {children}
      <p className={fault ? 'report-fault' : 'muted'} id={`report-${field}-hint`} role={fault ? 'alert' : undefined}>
        {fault ?? hint}
      </p>
    </div>
  );
}

function described(field: string, fault: string | undefined) {
  return { 'aria-describedby': `report-${field}-hint`, 'aria-invalid': fault !== undefined };
}
