// SPDX-License-Identifier: Apache-2.0
// Who deposits, which is the member, and who made the work.
import { Button, Input } from 'antd';
import { useId } from 'react';
import type { AttestationForm } from '../../api/attestations.ts';
import { fill } from '../../i18n/fill.ts';
import { CleaningNote, Field } from '../../kit/field.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { useCleaning } from '../../ui/cleaning.ts';
import { hintOf } from './hint-of.tsx';
import type { AttestFormState } from './use-attest-form.ts';
import { useSelf } from './use-self.ts';

type Author = AttestationForm['authors'][number];
const MAX_AUTHORS = 10;
const MAX_NAME = 60;

export function Depositors({ form }: { form: AttestFormState }) {
  const text = useAttestationText();
  const self = useSelf();
  const { faults } = form;
  return (
    <Field
      id={faults.idOf('depositors')}
      label={text.depositors}
      isRequired
      isGroup
      error={faults.sentenceOf('depositors') ?? faults.sentenceOf('depositors.0')}
      hint={hintOf(form, text.reviewerSays, 'depositors', text.depositorHint)}
    >
      {(control) => (
        <div className="people" id={control.id} tabIndex={-1}>
          <span className="person">{self}</span>
          <button type="button" className="link-button" disabled aria-describedby={control['aria-describedby']}>
            + {text.addDepositor}
          </button>
        </div>
      )}
    </Field>
  );
}

export function Authors({ form }: { form: AttestFormState }) {
  const text = useAttestationText();
  const { values, change, faults } = form;
  const { authors } = values;
  const set = (index: number, author: Author) =>
    change({ authors: authors.map((each, place) => (place === index ? author : each)) });
  const add = (author: Author) => change({ authors: [...authors, author] });
  const isSelf = authors.some(({ source }) => source === 'self');
  return (
    <Field
      id={faults.idOf('authors')}
      label={text.authors}
      isRequired
      isGroup
      error={faults.sentenceOf('authors')}
      hint={hintOf(form, text.reviewerSays, 'authors')}
    >
      {(control) => (
        <div className="people" id={control.id} tabIndex={-1}>
          {authors.length === 0 && <span className="small">{text.noAuthors}</span>}
          {authors.map((author, index) => (
            <AuthorEntry
              // biome-ignore lint/suspicious/noArrayIndexKey: authors have no identity but their place
              key={index}
              author={author}
              index={index}
              fault={faults.sentenceOf(`authors.${index}.name`) ?? faults.sentenceOf(`authors.${index}`)}
              onChange={(next) => set(index, next)}
              onLeave={(name) => void faults.checkPrinting(`authors.${index}.name`, name)}
              onRemove={() => change({ authors: authors.filter((_, place) => place !== index) })}
            />
          ))}
          {!isSelf && (
            <Button size="small" onClick={() => add({ source: 'self' })}>
              + {text.addSelf}
            </Button>
          )}
          {authors.length < MAX_AUTHORS && (
            <button type="button" className="link-button" onClick={() => add({ source: 'named', name: '' })}>
              + {text.addAuthor}
            </button>
          )}
        </div>
      )}
    </Field>
  );
}

interface AuthorEntryProps {
  author: Author;
  index: number;
  fault: string | undefined;
  onChange: (author: Author) => void;
  onLeave: (name: string) => void;
  onRemove: () => void;
}

function AuthorEntry({ author, index, fault, onChange, onLeave, onRemove }: AuthorEntryProps) {
  const text = useAttestationText();
  const self = useSelf();
  const id = useId();
  const label = fill(text.author, { number: index + 1 });
  const name = author.source === 'self' ? self : author.name || label;
  const rename = (typed: string) => onChange({ source: 'named', name: typed });
  const named =
    author.source === 'named'
      ? { as: 'line' as const, value: author.name ?? '', onChange: rename, maxLength: MAX_NAME }
      : undefined;
  const { onBlur, note, limit } = useCleaning(named);
  return (
    <span className="person">
      {author.source === 'self' ? (
        self
      ) : (
        <Input
          aria-label={label}
          aria-describedby={fault ? id : undefined}
          placeholder={text.authorName}
          {...(limit && { count: limit })}
          {...(fault && { status: 'error' as const })}
          value={author.name}
          onBlur={() => {
            onBlur();
            onLeave(author.name);
          }}
          onChange={(event) => rename(event.target.value)}
        />
      )}
      <button type="button" className="person-remove" aria-label={fill(text.removeNamed, { name })} onClick={onRemove}>
        ×
      </button>
      {fault && (
        <span className="field-error" id={id}>
          {fault}
        </span>
      )}
      <CleaningNote note={note} />
    </span>
  );
}
