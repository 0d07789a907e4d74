// SPDX-License-Identifier: Apache-2.0
// The seal beside what is certified, and the dashed frame where it is withheld.
import sealUrl from './seal.svg';

export function Seal({ label, size }: { label: string; size: number }) {
  return <img className="seal" src={sealUrl} width={size} height={size} alt={label} />;
}

export function WithheldSeal({ label }: { label: string }) {
  return <div className={`withheld${label.length > 6 ? ' withheld-long' : ''}`}>{label}</div>;
}
