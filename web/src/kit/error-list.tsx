// SPDX-License-Identifier: Apache-2.0
// What is wrong, in the page: all wrong fields in one list on top, each a link to its field.
import { useEffect, useRef } from 'react';
import type { ApiError } from '../api/api-error.ts';
import { errorSentence } from '../api/sentences.ts';
import { fill } from '../i18n/fill.ts';
import { useLanguage } from '../i18n/language.ts';
import { useDuration } from '../ui/duration.ts';
import { useKitText } from './i18n.ts';

export interface FaultLine {
  /** Of the control to go to. */
  fieldId: string;
  label: string;
  sentence: string;
}

/** Takes the focus whenever a submission was refused. */
export function ErrorList({
  error,
  lines = [],
  attempt = 0,
  page,
}: {
  error: ApiError | undefined;
  lines?: readonly FaultLine[];
  /** Number of the submission. */
  attempt?: number;
  /** Where the fields are, when that is not this page. */
  page?: string;
}) {
  const text = useKitText();
  useLanguage();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0) box.current?.focus();
  }, [attempt]);
  if (!error) return null;
  const headline = lines.length > 0 ? fill(text.toFix, { count: lines.length }) : errorSentence(error.code);
  return (
    <div className="notice notice-error" role="alert" tabIndex={-1} ref={box}>
      <p>{headline}</p>
      {lines.length > 0 && (
        <ul>
          {lines.map(({ fieldId, label, sentence }) => (
            <li key={fieldId + sentence}>
              {page ? (
                <a href={page}>{label}</a>
              ) : (
                <a href={`#${fieldId}`} onClick={(event) => goTo(event, fieldId)}>
                  {label}
                </a>
              )}
              {text.colon}
              {sentence}
            </li>
          ))}
        </ul>
      )}
      <Aftermath error={error} />
    </div>
  );
}

function Aftermath({ error }: { error: ApiError }) {
  const text = useKitText();
  const duration = useDuration();
  return (
    <>
      {error.retryAfterSeconds !== undefined && (
        <p className="small">{fill(text.retryAfter, { time: duration(error.retryAfterSeconds) })}</p>
      )}
      {error.requestId && error.status >= 500 && (
        <p className="small">{fill(text.requestNumber, { id: error.requestId })}</p>
      )}
    </>
  );
}

function goTo(event: { preventDefault(): void }, fieldId: string): void {
  event.preventDefault();
  const control = document.getElementById(fieldId);
  control?.scrollIntoView({ block: 'center' });
  const target = control?.matches('input, textarea, button, select, a, [tabindex]')
    ? control
    : control?.querySelector<HTMLElement>('input, textarea, button, select, a, [tabindex]');
  target?.focus({ preventScroll: true });
}
