// SPDX-License-Identifier: Apache-2.0
// People of an order: the member, right holders of theirs, and those who are only named.
import { Button, Input } from 'antd';
import { type ReactNode, useId } from 'react';
import type { Attestation, AttestationForm } from '../../api/attestations.ts';
import { useRightHolders } from '../../api/right-holders.ts';
import { fill } from '../../i18n/fill.ts';
import { CleaningNote, Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import { holderName } from '../../orders/holder-name.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { useCleaning } from '../../ui/cleaning.ts';
import { HolderChoice } from './holder-choice.tsx';
import './orders.css';
import { ShareInput, type ShareInputProps, ShareTotal } from './share-input.tsx';
import { withShareOf } from './shares.ts';
import { useSelf } from './use-self.ts';

/** The member, somebody of 人员档案, or a name. */
export type Person = AttestationForm['authors'][number];
/** The member, or somebody of 人员档案. */
export type KnownPerson = AttestationForm['depositors'][number];
export type KnownHolders = Attestation['rightHolders'];

const MAX_PEOPLE = 10;
const MAX_NAME = 60;

interface PeopleProps<P> {
  /** Path in the form. */
  field: string;
  label: string;
  /** What the buttons say, and what stands there while nobody does. */
  words: { none: string; self: string; add: string };
  people: readonly P[];
  /** Right holders whom the order names already. */
  known: KnownHolders;
  faults: FormFaults;
  hint?: ReactNode;
  /** Changes the people as they are by then. */
  onChange: (edit: (last: readonly P[]) => P[]) => void;
}

/** Owners and depositors: each with a document, the member first, and shares once there are several. */
export function KnownPeople({ field, label, words, people, known, faults, hint, onChange }: PeopleProps<KnownPerson>) {
  const isSelf = people.some(({ source }) => source === 'self');
  const isShared = people.length > 1 || people.some(({ shareBasisPoints }) => shareBasisPoints !== undefined);
  const shareField = (index: number) => `${field}.${index}.shareBasisPoints`;
  return (
    <Field id={faults.idOf(field)} label={label} isRequired isGroup error={faults.sentenceOf(field)} hint={hint}>
      {(control) => (
        <div className="people" id={control.id} tabIndex={-1}>
          {people.length === 0 && <span className="small">{words.none}</span>}
          {people.map((person, index) => (
            <PersonEntry
              key={keyOf(person)}
              person={person}
              known={known}
              fault={faults.sentenceOf(`${field}.${index}`) ?? faults.sentenceOf(shareField(index))}
              share={
                isShared
                  ? {
                      id: faults.idOf(shareField(index)),
                      share: person.shareBasisPoints,
                      isFaulty: faults.sentenceOf(shareField(index)) !== undefined,
                      onChange: (share) =>
                        onChange((last) =>
                          last.map((each) => (isSamePerson(each, person) ? withShareOf(each, share) : each)),
                        ),
                    }
                  : undefined
              }
              onRemove={() => onChange((last) => last.filter((each) => !isSamePerson(each, person)))}
            />
          ))}
          {!isSelf && (
            <Button size="small" onClick={() => onChange(withMyself)}>
              + {words.self}
            </Button>
          )}
          {people.length < MAX_PEOPLE && (
            <HolderChoice
              as="OWNER"
              label={words.add}
              taken={holdersIn(people)}
              onChoose={(rightHolderId) => onChange((last) => withPerson(last, { source: 'holder', rightHolderId }))}
            />
          )}
          <ShareTotal people={people} />
        </div>
      )}
    </Field>
  );
}

interface NamedPeopleProps extends PeopleProps<Person> {
  /** Whom the list to choose from has. */
  as: 'OWNER' | 'AUTHOR';
  nameLabelOf: (number: number) => string;
  /** Where they are in the form, when not in a list. */
  pathOf?: (index: number) => string;
  max?: number;
  isRequired?: boolean;
}

/** Authors and agents: a name is enough. */
export function NamedPeople(props: NamedPeopleProps) {
  const { field, label, words, people, faults, hint, onChange, as, max = MAX_PEOPLE, isRequired = false } = props;
  const text = useAttestationText();
  const add = (person: Person) => onChange((last) => withPerson(last, person, max));
  const isSelf = people.some(({ source }) => source === 'self');
  const isRoom = people.length < max;
  return (
    <Field
      id={faults.idOf(field)}
      label={label}
      isRequired={isRequired}
      isGroup
      error={faults.sentenceOf(field)}
      hint={hint}
    >
      {(control) => (
        <div className="people" id={control.id} tabIndex={-1}>
          {people.length === 0 && <span className="small">{words.none}</span>}
          <Entries {...props} />
          {!isSelf && isRoom && (
            <Button size="small" onClick={() => add({ source: 'self' })}>
              + {words.self}
            </Button>
          )}
          {isRoom && (
            <>
              <HolderChoice
                as={as}
                label={words.add}
                taken={holdersIn(people)}
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

function Entries({ field, people, known, faults, onChange, nameLabelOf, ...props }: NamedPeopleProps) {
  const { pathOf = (index: number) => `${field}.${index}` } = props;
  return people.map((person, index) => {
    const path = pathOf(index);
    const removeAt = () => onChange((last) => last.filter((_, place) => place !== index));
    return person.source !== 'named' ? (
      <PersonEntry
        key={keyOf(person)}
        person={person}
        known={known}
        fault={faults.sentenceOf(path)}
        onRemove={() => onChange((last) => last.filter((each) => each !== person))}
      />
    ) : (
      <NameEntry
        // biome-ignore lint/suspicious/noArrayIndexKey: those who are only named have no identity but their place
        key={index}
        id={faults.idOf(`${path}.name`)}
        label={nameLabelOf(index + 1)}
        name={person.name ?? ''}
        fault={faults.sentenceOf(`${path}.name`) ?? faults.sentenceOf(path)}
        onChange={(name) =>
          onChange((last) => last.map((each, place) => (place === index ? { source: 'named', name } : each)))
        }
        onLeave={(name) => void faults.checkPrinting(`${path}.name`, name)}
        onRemove={removeAt}
      />
    );
  });
}

/** With one more; whoever is there already, and one too many, is not added. */
function withPerson<P extends Person>(people: readonly P[], person: P, max = MAX_PEOPLE): P[] {
  const isThere = person.source !== 'named' && people.some((each) => isSamePerson(each, person));
  return isThere || people.length >= max ? [...people] : [...people, person];
}

/** The member stands first among those with a document. */
function withMyself(people: readonly KnownPerson[]): KnownPerson[] {
  return [{ source: 'self' }, ...people.filter(({ source }) => source !== 'self')];
}

export function isSamePerson(one: Person, other: Person): boolean {
  if (one.source === 'holder' && other.source === 'holder') return one.rightHolderId === other.rightHolderId;
  return one.source === 'self' && other.source === 'self';
}

export const keyOf = (person: KnownPerson): string => (person.source === 'self' ? 'self' : person.rightHolderId);

const holdersIn = (people: readonly Person[]): string[] =>
  people.flatMap((each) => (each.source === 'holder' ? [each.rightHolderId] : []));

/** The member in full, others by name and masked number. */
export function useNameOf(known: KnownHolders): (person: KnownPerson) => string {
  const text = useAttestationText();
  const self = useSelf();
  const lists = [useRightHolders('OWNER').data?.items ?? [], useRightHolders('AUTHOR').data?.items ?? []].flat();
  const listed = lists.map(({ id: rightHolderId, ...shown }) => ({ rightHolderId, ...shown }));
  return (person) => (person.source === 'self' ? self : holderName(person.rightHolderId, [...known, ...listed], text));
}

interface PersonEntryProps {
  person: KnownPerson;
  known: KnownHolders;
  fault: string | undefined;
  share?: Omit<ShareInputProps, 'label' | 'describedBy'> | undefined;
  onRemove: () => void;
}

function PersonEntry({ person, known, fault, share, onRemove }: PersonEntryProps) {
  const text = useAttestationText();
  const id = useId();
  const name = useNameOf(known)(person);
  return (
    <span className="person">
      {name}
      {share && <ShareInput {...share} label={fill(text.shareOf, { name })} describedBy={fault && id} />}
      <Remove name={name} describedBy={fault && id} onRemove={onRemove} />
      <Fault id={id} fault={fault} />
    </span>
  );
}

interface NameEntryProps {
  id: string;
  label: string;
  name: string;
  fault: string | undefined;
  onChange: (name: string) => void;
  onLeave: (name: string) => void;
  onRemove: () => void;
}

/** Somebody who is only named. */
function NameEntry({ id: inputId, label, name, fault, onChange, onLeave, onRemove }: NameEntryProps) {
  const text = useAttestationText();
  const id = useId();
  const { onBlur, note, limit } = useCleaning({ as: 'line', value: name, onChange, maxLength: MAX_NAME });
  return (
    <span className="person">
      <Input
        id={inputId}
        aria-label={label}
        aria-describedby={fault ? id : undefined}
        placeholder={text.authorName}
        {...(limit && { count: limit })}
        {...(fault && { status: 'error' as const })}
        value={name}
        onBlur={() => {
          onBlur();
          onLeave(name);
        }}
        onChange={(event) => onChange(event.target.value)}
      />
      <Remove name={name || label} onRemove={onRemove} />
      <Fault id={id} fault={fault} />
      <CleaningNote note={note} />
    </span>
  );
}

function Remove({
  name,
  describedBy,
  onRemove,
}: {
  name: string;
  describedBy?: string | undefined;
  onRemove: () => void;
}) {
  const text = useAttestationText();
  return (
    <button
      type="button"
      className="person-remove"
      aria-label={fill(text.removeNamed, { name })}
      aria-describedby={describedBy}
      onClick={onRemove}
    >
      ×
    </button>
  );
}

function Fault({ id, fault }: { id: string; fault: string | undefined }) {
  if (!fault) return null;
  return (
    <span className="field-error" id={id}>
      {fault}
    </span>
  );
}
