// SPDX-License-Identifier: Apache-2.0
// Who deposits, and who made the work: the member, right holders of theirs, and authors who are only named.
import { Button, Input } from 'antd';
import { useId } from 'react';
import type { Attestation, AttestationForm } from '../../api/attestations.ts';
import { useRightHolders } from '../../api/right-holders.ts';
import { fill } from '../../i18n/fill.ts';
import { CleaningNote, Field } from '../../kit/field.tsx';
import { holderName } from '../../orders/holder-name.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { useCleaning } from '../../ui/cleaning.ts';
import { hintOf } from '../orders/hint-of.tsx';
import { HolderChoice } from '../orders/holder-choice.tsx';
import { useSelf } from '../orders/use-self.ts';
import type { AttestFormState } from './use-attest-form.ts';

type Author = AttestationForm['authors'][number];
type Depositor = AttestationForm['depositors'][number];
const MAX_PEOPLE = 10;
const MAX_NAME = 60;

export function Depositors({ form }: { form: AttestFormState }) {
  const text = useAttestationText();
  const { values, change, faults } = form;
  const { depositors } = values;
  const add = (depositor: Depositor) => change(({ depositors: last }) => ({ depositors: withPerson(last, depositor) }));
  const isSelf = depositors.some(({ source }) => source === 'self');
  return (
    <Field
      id={faults.idOf('depositors')}
      label={text.depositors}
      isRequired
      isGroup
      error={faults.sentenceOf('depositors')}
      hint={hintOf(form, text.reviewerSays, 'depositors', text.depositorHint)}
    >
      {(control) => (
        <div className="people" id={control.id} tabIndex={-1}>
          {depositors.length === 0 && <span className="small">{text.noDepositors}</span>}
          {depositors.map((depositor, index) => (
            <PersonEntry
              key={depositor.source === 'self' ? 'self' : depositor.rightHolderId}
              person={depositor}
              known={form.attestation.rightHolders}
              fault={faults.sentenceOf(`depositors.${index}`)}
              onRemove={() => change((last) => ({ depositors: last.depositors.filter((each) => each !== depositor) }))}
            />
          ))}
          {!isSelf && (
            <Button size="small" onClick={() => change((last) => ({ depositors: withMyself(last.depositors) }))}>
              + {text.depositMyself}
            </Button>
          )}
          {depositors.length < MAX_PEOPLE && (
            <HolderChoice
              as="OWNER"
              label={text.addDepositor}
              taken={holdersIn(depositors)}
              onChoose={(rightHolderId) => add({ source: 'holder', rightHolderId })}
            />
          )}
        </div>
      )}
    </Field>
  );
}

/** With one more; whoever is there already, and an eleventh, is not added. */
function withPerson<Person extends Author | Depositor>(people: readonly Person[], person: Person): Person[] {
  const isThere = person.source !== 'named' && people.some((each) => isSame(each, person));
  return isThere || people.length >= MAX_PEOPLE ? [...people] : [...people, person];
}

/** The member stands first among depositors. */
function withMyself(depositors: readonly Depositor[]): Depositor[] {
  const others = depositors.filter(({ source }) => source !== 'self');
  return [{ source: 'self' }, ...others];
}

function isSame(one: Author | Depositor, other: Author | Depositor): boolean {
  if (one.source === 'holder' && other.source === 'holder') return one.rightHolderId === other.rightHolderId;
  return one.source === 'self' && other.source === 'self';
}

const holdersIn = (people: readonly (Author | Depositor)[]): string[] =>
  people.flatMap((each) => (each.source === 'holder' ? [each.rightHolderId] : []));

interface PersonEntryProps {
  person: Exclude<Author, { source: 'named' }>;
  /** Those whom the order names already. */
  known: Attestation['rightHolders'];
  fault: string | undefined;
  onRemove: () => void;
}

/** The member, or somebody of 人员档案. */
function PersonEntry({ person, known, fault, onRemove }: PersonEntryProps) {
  const text = useAttestationText();
  const self = useSelf();
  const id = useId();
  const lists = [useRightHolders('OWNER').data?.items ?? [], useRightHolders('AUTHOR').data?.items ?? []].flat();
  const listed = lists.map(({ id: rightHolderId, ...shown }) => ({ rightHolderId, ...shown }));
  const name = person.source === 'self' ? self : holderName(person.rightHolderId, [...known, ...listed], text);
  return (
    <span className="person">
      {name}
      <button
        type="button"
        className="person-remove"
        aria-label={fill(text.removeNamed, { name })}
        aria-describedby={fault ? id : undefined}
        onClick={onRemove}
      >
        ×
      </button>
      {fault && (
        <span className="field-error" id={id}>
          {fault}
        </span>
      )}
    </span>
  );
}

export function Authors({ form }: { form: AttestFormState }) {
  const text = useAttestationText();
  const { values, change, faults } = form;
  const { authors } = values;
  const set = (index: number, author: Author) =>
    change((last) => ({ authors: last.authors.map((each, place) => (place === index ? author : each)) }));
  const add = (author: Author) => change((last) => ({ authors: withPerson(last.authors, author) }));
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
          {authors.map((author, index) =>
            author.source !== 'named' ? (
              <PersonEntry
                key={author.source === 'self' ? 'self' : author.rightHolderId}
                person={author}
                known={form.attestation.rightHolders}
                fault={faults.sentenceOf(`authors.${index}`)}
                onRemove={() => change((last) => ({ authors: last.authors.filter((each) => each !== author) }))}
              />
            ) : (
              <AuthorEntry
                // biome-ignore lint/suspicious/noArrayIndexKey: authors have no identity but their place
                key={index}
                author={author}
                index={index}
                fault={faults.sentenceOf(`authors.${index}.name`) ?? faults.sentenceOf(`authors.${index}`)}
                onChange={(next) => set(index, next)}
                onLeave={(name) => void faults.checkPrinting(`authors.${index}.name`, name)}
                onRemove={() => change((last) => ({ authors: last.authors.filter((_, place) => place !== index) }))}
              />
            ),
          )}
          {!isSelf && (
            <Button size="small" onClick={() => add({ source: 'self' })}>
              + {text.addSelf}
            </Button>
          )}
          {authors.length < MAX_PEOPLE && (
            <>
              <HolderChoice
                as="AUTHOR"
                label={text.addAuthor}
                taken={holdersIn(authors)}
                onChoose={(rightHolderId) => add({ source: 'holder', rightHolderId })}
              />
              <button type="button" className="link-button" onClick={() => add({ source: 'named', name: '' })}>
                + {text.typeAuthor}
              </button>
            </>
          )}
        </div>
      )}
    </Field>
  );
}

interface AuthorEntryProps {
  author: Extract<Author, { source: 'named' }>;
  index: number;
  fault: string | undefined;
  onChange: (author: Author) => void;
  onLeave: (name: string) => void;
  onRemove: () => void;
}

/** An author who is only named. */
function AuthorEntry({ author, index, fault, onChange, onLeave, onRemove }: AuthorEntryProps) {
  const text = useAttestationText();
  const id = useId();
  const label = fill(text.author, { number: index + 1 });
  const typed = author.name ?? '';
  const rename = (name: string) => onChange({ source: 'named', name });
  const { onBlur, note, limit } = useCleaning({ as: 'line', value: typed, onChange: rename, maxLength: MAX_NAME });
  return (
    <span className="person">
      <Input
        aria-label={label}
        aria-describedby={fault ? id : undefined}
        placeholder={text.authorName}
        {...(limit && { count: limit })}
        {...(fault && { status: 'error' as const })}
        value={typed}
        onBlur={() => {
          onBlur();
          onLeave(typed);
        }}
        onChange={(event) => rename(event.target.value)}
      />
      <button
        type="button"
        className="person-remove"
        aria-label={fill(text.removeNamed, { name: typed || label })}
        onClick={onRemove}
      >
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
