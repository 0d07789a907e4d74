// SPDX-License-Identifier: Apache-2.0
// A box that takes files, by button or by drop.
import { useState } from 'react';
import { formatSize, shortName } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Texts } from '../texts/index.ts';

interface FileBoxProps {
  readonly id: string;
  readonly label: string;
  readonly texts: Texts;
  /** What was chosen. */
  readonly chosen?: { readonly name: string; readonly size: number } | undefined;
  readonly hint?: string;
  readonly isMany?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

export function FileBox({ id, label, texts: { page }, chosen, hint, isMany = false, onFiles }: FileBoxProps) {
  const [isOver, setOver] = useState(false);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is for everybody */}
      <div
        className={`file-box${isOver ? ' is-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          onFiles([...event.dataTransfer.files]);
        }}
      >
        <Icon name="file" />
        <span className={chosen ? 'file-box-name' : 'file-box-name is-empty'}>
          {chosen ? shortName(chosen.name, 32) : page.drop}
        </span>
        {chosen && <span className="muted numeric">{formatSize(chosen.size)}</span>}
        <span className="file-box-button">{chosen ? page.change : page.choose}</span>
        <input
          id={id}
          type="file"
          multiple={isMany}
          {...(hint !== undefined && { 'aria-describedby': `${id}-hint` })}
          onChange={(event) => {
            onFiles([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </div>
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
