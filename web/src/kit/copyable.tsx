// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { useKitText } from './i18n.ts';

const ANSWER_MS = 2_000;
const MANY = 24;

interface CopyableProps {
  value: string;
  label: string;
  /** Shown whole, however long: a name is not known by its ends. */
  isWhole?: boolean;
}

/** Hex or a number with a button that copies all of it; long hex shows its ends, in groups of four by margin. */
export function Copyable({ value, label, isWhole = false }: CopyableProps) {
  const text = useKitText();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), ANSWER_MS);
  };
  return (
    <span className="copyable">
      <code title={value}>{value.length > MANY && !isWhole ? <Ends value={value} /> : value}</code>
      <button type="button" className="link-button" aria-label={`${text.copy} ${label}`} onClick={() => void copy()}>
        <span role="status">{isCopied ? text.copied : text.copy}</span>
      </button>
    </span>
  );
}

function Ends({ value }: { value: string }) {
  const bare = value.replace(/^0x/, '');
  const groups = [bare.slice(0, 4), bare.slice(4, 8), '…', bare.slice(-8, -4), bare.slice(-4)];
  return groups.map((group, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the five groups never change their places
    <span className="hex-group" key={index}>
      {group}
    </span>
  ));
}
