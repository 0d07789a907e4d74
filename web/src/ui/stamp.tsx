// SPDX-License-Identifier: Apache-2.0
// The stamp beside what is certified, and the dashed frame where it is withheld.
import stampUrl from './stamp.svg';

export function Stamp({ label, size }: { label: string; size: number }) {
  return <img className="stamp" src={stampUrl} width={size} height={size} alt={label} />;
}

export function WithheldStamp({ label }: { label: string }) {
  return <div className={`withheld${label.length > 6 ? ' withheld-long' : ''}`}>{label}</div>;
}
