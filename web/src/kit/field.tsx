// SPDX-License-Identifier: Apache-2.0
// A labelled control with its own error beside it.
import type { KeyboardEvent, ReactNode } from 'react';
import { type Cleanable, type Limit, useCleaning } from '../ui/cleaning.ts';

/** What a control needs, so that label, hint and error are read out with it. */
export interface ControlProps {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  'aria-required'?: true;
  status?: 'error';
  count?: Limit;
}

/**
 * For an element around lists of the UI kit: Tab leaves it. By itself an open list takes Tab as a choice, and one of
 * tags opens again each time, so that the keyboard never gets out.
 */
export const leftByTab = {
  onKeyDownCapture: (event: KeyboardEvent) => {
    if (event.key === 'Tab') event.stopPropagation();
  },
};

interface FieldProps {
  id: string;
  label: string;
  children: (control: ControlProps) => ReactNode;
  isRequired?: boolean;
  error?: string | undefined;
  hint?: ReactNode;
  /** Over both columns of a form. */
  isWide?: boolean;
  /** Several controls, such as a group of radio buttons. */
  isGroup?: boolean;
  /** What is typed here, if it is cleaned when somebody leaves the field. */
  cleaned?: Cleanable | undefined;
  /** What else was done to the text. */
  note?: string | undefined;
}

export function Field({ id, label, children, isRequired, error, hint, isWide, isGroup, cleaned, ...more }: FieldProps) {
  const { limit, note = more.note, ...leaving } = useCleaning(cleaned);
  // Not `-note`: many fields have one of that name below them.
  const noteId = `${id}-cleaned`;
  const described = [error && `${id}-error`, note && noteId, hint && `${id}-hint`].filter(Boolean).join(' ');
  const control: ControlProps = {
    id,
    ...(described && { 'aria-describedby': described }),
    ...(error && { 'aria-invalid': true as const, status: 'error' as const }),
    ...(isRequired && { 'aria-required': true as const }),
    ...(limit && { count: limit }),
  };
  const labelClass = isRequired ? 'field-label is-required' : 'field-label';
  return (
    <div className={isWide ? 'field field-wide' : 'field'}>
      {isGroup ? (
        <span className={labelClass} id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label className={labelClass} htmlFor={id}>
          {label}
        </label>
      )}
      <div className="field-control" {...leftByTab} {...leaving}>
        {children(control)}
        {error && <FieldFault id={`${id}-error`} text={error} />}
        <CleaningNote id={noteId} note={note} />
        {hint && (
          <div className="field-hint" id={`${id}-hint`}>
            {hint}
          </div>
        )}
      </div>
    </div>
  );
}

/** Always there, so that a screen reader hears when it begins to speak. */
export function CleaningNote({ id, note }: { id?: string; note: string | undefined }) {
  return (
    <div role="status" id={id} className={note ? 'field-hint' : 'visually-hidden'}>
      {note}
    </div>
  );
}

export function FieldFault({ id, text }: { id?: string; text: string }) {
  return (
    <div className="field-error" id={id}>
      <span aria-hidden="true">!</span> {text}
    </div>
  );
}
