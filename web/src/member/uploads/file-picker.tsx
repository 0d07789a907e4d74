// SPDX-License-Identifier: Apache-2.0
// + 选择文件, by button or by dropping; what is refused is named at once, with the reason.
import { type ChangeEvent, type DragEvent, type ReactNode, useId, useState } from 'react';
import { fill } from '../../i18n/fill.ts';
import { FieldFault } from '../../kit/field.tsx';
import { type UploadText, useUploadText } from './i18n.ts';
import { type Refusal, sortChosen } from './upload-item.ts';

interface FilePickerProps {
  label: string;
  types: readonly string[];
  max: number;
  maxBytes?: number;
  present: readonly { name: string; size: number }[];
  hint: ReactNode;
  onChosen: (files: File[]) => void;
}

export function FilePicker({ label, types, max, maxBytes, present, hint, onChosen }: FilePickerProps) {
  const text = useUploadText();
  const id = useId();
  const [refused, setRefused] = useState<{ name: string; reason: Refusal }[]>([]);
  const choose = (chosen: readonly File[]) => {
    const sorted = sortChosen(chosen, { types, present, max, ...(maxBytes !== undefined && { maxBytes }) });
    setRefused(sorted.refused);
    if (sorted.taken.length > 0) onChosen(sorted.taken);
  };
  const change = (event: ChangeEvent<HTMLInputElement>) => {
    choose([...(event.target.files ?? [])]);
    event.target.value = '';
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    choose([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is the first
    <div className="picker" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <label className="file-button">
        <span aria-hidden="true">+</span> {text.choose}
        <input
          type="file"
          multiple={max > 1}
          accept={types.map((type) => `.${type}`).join(',')}
          aria-label={label}
          aria-describedby={`${id}-hint ${id}-refused`}
          className="visually-hidden"
          onChange={change}
        />
      </label>
      <span className="small" id={`${id}-hint`}>
        {hint}
      </span>
      <div role="alert" id={`${id}-refused`} className="picker-refused">
        {refused.map((each) => (
          <FieldFault key={each.name} text={sentenceOf(text, each, { types, max })} />
        ))}
      </div>
    </div>
  );
}

function sentenceOf(
  text: UploadText,
  { name, reason }: { name: string; reason: Refusal },
  { types, max }: { types: readonly string[]; max: number },
): string {
  const sentences: Record<Refusal, string> = {
    type: text.refusedType,
    empty: text.refusedEmpty,
    large: text.refusedLarge,
    twice: text.refusedTwice,
    many: text.refusedMany,
  };
  return fill(sentences[reason], { name, max, types: types.slice(0, 5).join(text.comma) });
}
