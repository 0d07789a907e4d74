// SPDX-License-Identifier: Apache-2.0
import { type ChangeEvent, useState } from 'react';
import { errorSentence } from '../../api/sentences.ts';
import { fill } from '../../i18n/fill.ts';
import { FieldFault } from '../../kit/field.tsx';
import { formatSize } from '../../ui/format.ts';
import type { FileRow } from './file-row.ts';
import { type UploadText, useUploadText } from './i18n.ts';
import { secondsLeft, type UploadItem } from './upload-item.ts';
import { uploadQueue } from './upload-queue.ts';

export function RowState({ row }: { row: FileRow }) {
  const text = useUploadText();
  if (row.item) return <ItemState item={row.item} />;
  if (row.isInterrupted) return <span className="file-warning">{text.interrupted}</span>;
  if (row.isComplete) return <Saved />;
  if (row.state === 'SCANNING') return <span className="file-warning">{text.scanning}</span>;
  if (row.state === 'QUARANTINED') return <FieldFault text={errorSentence('upload-infected')} />;
  return <span className="file-warning">{text.failed}</span>;
}

function ItemState({ item }: { item: UploadItem }) {
  const text = useUploadText();
  if (item.state === 'complete') return <Saved isEqual={item.localSha256 === item.status?.sha256} />;
  const percent = item.file.size > 0 ? Math.floor((item.sentBytes / item.file.size) * 100) : 0;
  return (
    <div className="progress">
      {item.state !== 'failed' && (
        <progress value={percent} max={100} aria-label={fill(text.progressOf, { name: item.file.name })} />
      )}
      <span className="small">{words(text, item, percent)}</span>
      {item.error && <FieldFault text={errorSentence(item.error)} />}
    </div>
  );
}

function Saved({ isEqual = false }: { isEqual?: boolean }) {
  const text = useUploadText();
  return (
    <span className="file-saved">
      <span aria-hidden="true">✓</span> {text.complete}
      {isEqual && <span className="small"> {text.digestEqual}</span>}
    </span>
  );
}

function words(text: UploadText, item: UploadItem, percent: number): string {
  if (item.state === 'waiting') return text.waiting;
  if (item.state === 'paused') return fill(text.paused, { percent });
  if (item.state === 'finishing') return text.finishing;
  if (item.state === 'scanning') return text.scanning;
  if (item.state === 'failed') return text.failed;
  const speed = fill(text.sending, { percent, speed: formatSize(item.bytesPerSecond) });
  const left = secondsLeft(item);
  return left === undefined ? `${percent}%` : `${speed} · ${fill(text.left, { time: duration(text, left) })}`;
}

function duration(text: UploadText, seconds: number): string {
  if (seconds < 90) return fill(text.seconds, { count: seconds });
  if (seconds < 5_400) return fill(text.minutes, { count: Math.round(seconds / 60) });
  return fill(text.hours, { count: Math.round(seconds / 3_600) });
}

interface RowActionsProps {
  row: FileRow;
  onRemove: (row: FileRow) => void;
  onChooseAgain?: (row: FileRow, file: File) => void;
}

export function RowActions({ row, onRemove, onChooseAgain }: RowActionsProps) {
  const text = useUploadText();
  const { item } = row;
  const button = (label: string, act: () => void) => (
    <button type="button" className="link-button" aria-label={`${label} ${row.name}`} onClick={act}>
      {label}
    </button>
  );
  return (
    <span className="actions">
      {(item?.state === 'sending' || item?.state === 'waiting') &&
        button(text.pause, () => uploadQueue.pause(item.key))}
      {item?.state === 'paused' && button(text.resume, () => uploadQueue.resume(item.key))}
      {row.isInterrupted && onChooseAgain && <ChooseAgain row={row} onChosen={(file) => onChooseAgain(row, file)} />}
      {button(row.isComplete || row.isInterrupted ? text.remove : text.cancel, () => onRemove(row))}
    </span>
  );
}

function ChooseAgain({ row, onChosen }: { row: FileRow; onChosen: (file: File) => void }) {
  const text = useUploadText();
  const [other, setOther] = useState<string>();
  const change = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    const isSame = file.name === row.name && file.size === row.size;
    setOther(isSame ? undefined : file.name);
    if (isSame) onChosen(file);
  };
  return (
    <label className="link-button choose-again">
      {text.chooseAgain}
      <input type="file" aria-label={`${text.chooseAgain} ${row.name}`} className="visually-hidden" onChange={change} />
      {other && <FieldFault text={fill(text.otherFile, { name: other })} />}
    </label>
  );
}
