// SPDX-License-Identifier: Apache-2.0
// Numbers and hex for reading: groups apart by margin, so that copied text has no spaces in it.
import { useEffect, useState } from 'react';
import { hexGroups, numberGroups } from './format.ts';
import { Icon } from './icon.tsx';

const COPIED_MS = 2_000;

export interface CopyTexts {
  readonly copy: string;
  readonly copied: string;
}

export function Digits({ number, texts }: { number: string; texts?: CopyTexts }) {
  return (
    <span className="digits">
      <Groups groups={numberGroups(number)} />
      {texts && <CopyButton value={number} texts={texts} />}
    </span>
  );
}

/** First and last eight digits on screen; all of it, in groups of eight, on paper, or where it has to be compared. */
export function Hex({ value, texts, isWhole }: { value: string; texts: CopyTexts; isWhole?: boolean }) {
  if (isWhole) {
    return (
      <span className="hex">
        <span className="hex-whole">
          <Groups groups={hexGroups(value, 8)} />
        </span>
        <CopyButton value={value} texts={texts} />
      </span>
    );
  }
  return (
    <span className="hex">
      <span className="screen-only" title={value}>
        <Groups groups={hexGroups(value, 4)} />
      </span>
      <span className="print-only">
        <Groups groups={hexGroups(value, 8)} />
      </span>
      <CopyButton value={value} texts={texts} />
    </span>
  );
}

function Groups({ groups }: { groups: readonly string[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the groups of one number never move, and several may be equal
  return groups.map((group, place) => <span key={place}>{group}</span>);
}

function CopyButton({ value, texts }: { value: string; texts: CopyTexts }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className="copy" onClick={copy} title={texts.copy} aria-label={`${texts.copy} ${value}`}>
      <Icon name="copy" />
      <span role="status">{isCopied ? texts.copied : ''}</span>
    </button>
  );
}
