// SPDX-License-Identifier: Apache-2.0
// One document, such as a voucher, sent as soon as it is chosen.
import { type ChangeEvent, useState } from 'react';
import { toApiError } from '../../api/api-error.ts';
import { errorSentence } from '../../api/sentences.ts';
import { fill } from '../../i18n/fill.ts';
import { Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import './desk.css';

interface PaperUploadProps {
  /** Path in the form of the id that the portal gives it. */
  field: string;
  text: { label: string; hint: string; choose: string; sending: string; sent: string };
  faults: FormFaults;
  isRequired: boolean;
  /** Answers the id. */
  send: (file: File) => Promise<string>;
  /** Empty when it could not be sent. */
  onSent: (id: string) => void;
  onSending: (isSending: boolean) => void;
}

export function PaperUpload({ field, text, faults, isRequired, send, onSent, onSending }: PaperUploadProps) {
  const [note, setNote] = useState('');
  const [fault, setFault] = useState<string>();
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (!file) return;
    setFault(undefined);
    setNote(fill(text.sending, { name: file.name }));
    onSending(true);
    try {
      onSent(await send(file));
      setNote(fill(text.sent, { name: file.name }));
    } catch (error) {
      onSent('');
      setNote('');
      setFault(errorSentence(toApiError(error).code));
    } finally {
      onSending(false);
    }
  };
  return (
    <Field
      id={faults.idOf(field)}
      label={text.label}
      isRequired={isRequired}
      error={fault ?? faults.sentenceOf(field)}
      hint={text.hint}
      note={note || undefined}
    >
      {({ status: _, count: __, ...control }) => (
        <label className="file-button">
          {text.choose}
          <input
            {...control}
            type="file"
            aria-label={text.label}
            accept="application/pdf,image/jpeg,image/png"
            className="visually-hidden"
            onChange={(event) => void choose(event)}
          />
        </label>
      )}
    </Field>
  );
}
