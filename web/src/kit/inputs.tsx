// SPDX-License-Identifier: Apache-2.0
// The plain fields of long forms: one line, several lines, a list, tags, a day.
import { Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useText } from '../i18n/language.ts';
import { cleaningNote, cleaningTexts, cleanLine } from '../ui/clean.ts';
import { DayPicker } from './day-picker.tsx';
import { Field } from './field.tsx';
import type { FormFaults } from './form.ts';

interface InputProps<V> {
  /** Path in the form. */
  field: string;
  label: string;
  value: V;
  onChange: (value: V) => void;
  faults: FormFaults;
  isRequired?: boolean;
  isWide?: boolean;
  hint?: ReactNode;
}

function frame<V>({ field, label, faults, isRequired, isWide, hint }: Omit<InputProps<V>, 'onChange'>) {
  return {
    id: faults.idOf(field),
    label,
    error: faults.sentenceOf(field),
    ...(isRequired && { isRequired }),
    ...(isWide && { isWide }),
    ...(hint && { hint }),
  };
}

interface TextProps {
  maxLength: number;
  /** Certificates print the text, so whoever leaves the field learns what they cannot print. */
  isPrinted?: boolean;
  /** Of what is typed, where it is not that of the page. */
  lang?: string | undefined;
}

export function TextInput(props: InputProps<string> & TextProps) {
  return (
    <Field {...frame(props)} cleaned={{ ...props, as: 'line' }}>
      {(control) => (
        <Input
          {...control}
          lang={props.lang}
          value={props.value}
          onBlur={() => props.isPrinted && void props.faults.checkPrinting(props.field, props.value)}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export function TextArea(props: InputProps<string> & Omit<TextProps, 'isPrinted'> & { rows?: number }) {
  return (
    <Field {...frame(props)} cleaned={{ ...props, as: 'paragraphs' }}>
      {(control) => (
        <Input.TextArea
          {...control}
          rows={props.rows ?? 4}
          lang={props.lang}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export function Choice<V extends string>(
  props: InputProps<V | null> & { options: readonly { value: string; label: string }[] },
) {
  return (
    <Field {...frame(props)}>
      {({ status, ...control }) => (
        <Select
          {...control}
          {...(status && { status })}
          className="whole"
          aria-label={props.label}
          value={props.value}
          options={[...props.options]}
          onChange={(value) => props.onChange(value)}
        />
      )}
    </Field>
  );
}

interface TagsProps extends Omit<InputProps<string[]>, 'onChange'> {
  seeds: readonly string[];
  /** Changes the tags as they are by then. */
  onChange: (edit: (last: readonly string[]) => string[]) => void;
}

/** Each tag is cleaned as it is added, and the field says what was changed. */
export function TagsInput({ onChange, ...props }: TagsProps) {
  // An error of one tag is shown at the list.
  const entry = props.value.findIndex((_, index) => props.faults.sentenceOf(`${props.field}.${index}`));
  const error = props.faults.sentenceOf(props.field) ?? props.faults.sentenceOf(`${props.field}.${entry}`);
  const words = useText(cleaningTexts);
  const [note, setNote] = useState<string>();
  const change = (tags: string[]) => {
    setNote(tags.map((tag) => cleaningNote(tag, cleanLine(tag), words)).find((changed) => changed !== undefined));
    const removed = props.value.filter((tag) => !tags.includes(tag));
    const added = tags.filter((tag) => !props.value.includes(tag)).map(cleanLine);
    onChange((last) => {
      const kept = last.filter((tag) => !removed.includes(tag));
      return [...new Set([...kept, ...added])].filter((tag) => tag !== '');
    });
  };
  return (
    <Field {...frame(props)} error={error} note={note}>
      {({ status, ...control }) => (
        <Select
          {...control}
          {...(status && { status })}
          mode="tags"
          className="whole"
          aria-label={props.label}
          maxCount={10}
          tokenSeparators={[',', '，', '、']}
          value={props.value}
          options={props.seeds.map((seed) => ({ value: seed, label: seed }))}
          onChange={change}
        />
      )}
    </Field>
  );
}

export function DayInput(props: InputProps<string | null> & { max?: string }) {
  return (
    <Field {...frame(props)}>
      {(control) => <DayPicker {...control} value={props.value} max={props.max} onChange={props.onChange} />}
    </Field>
  );
}

/** The day in Beijing. */
export function todayInChina(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
}
