// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';
import type { FileRow } from './file-row.ts';
import { useUploadText } from './i18n.ts';

interface MoveButtonsProps {
  row: FileRow;
  index: number;
  /** Index of the last row. */
  last: number;
  onMove: (index: number, step: 1 | -1) => void;
}

/** Up and down. The focus goes with the row, so that it can be moved on by pressing again. */
export function MoveButtons({ row, index, last, onMove }: MoveButtonsProps) {
  const text = useUploadText();
  const pressed = useRef<1 | -1>(undefined);
  const buttons = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the row has got another place
  useEffect(() => {
    if (pressed.current === undefined) return;
    const both = buttons.current?.querySelectorAll('button');
    const [first, second] = pressed.current < 0 ? [both?.[0], both?.[1]] : [both?.[1], both?.[0]];
    (first?.disabled ? second : first)?.focus();
    pressed.current = undefined;
  }, [index]);
  const button = (step: 1 | -1, label: string, isEnd: boolean) => (
    <button
      type="button"
      className="link-button"
      aria-label={`${label} ${row.name}`}
      disabled={isEnd}
      onClick={() => {
        pressed.current = step;
        onMove(index, step);
      }}
    >
      {label}
    </button>
  );
  return (
    <span className="actions" ref={buttons}>
      {button(-1, text.moveUp, index === 0)}
      {button(1, text.moveDown, index === last)}
    </span>
  );
}
