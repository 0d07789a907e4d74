// SPDX-License-Identifier: Apache-2.0
// Proofs and the trust file as the ledger has them now. Each is kept for a moment, so that a crowd at one certificate
// is one question to the ledger.
import type { LedgerClient } from '../ledger/ledger-client.ts';

const PROOF_MS = 5_000;
const TRUST_MS = 60_000;
/** Some kilobytes each. */
const MAX_PROOFS = 1_000;

export interface FreshProofs {
  /** With its status as of now; undefined while the number is not final. Throws `ledger-unavailable`. */
  proof(number: string): Promise<Uint8Array | undefined>;
  trust(): Promise<Uint8Array>;
}

export function createFreshProofs(ledger: Pick<LedgerClient, 'proof' | 'trust'>): FreshProofs {
  const proofs = keepFor(PROOF_MS, (number: string) => ledger.proof(number));
  const trusts = keepFor(TRUST_MS, () => ledger.trust());
  return { proof: (number) => proofs(number), trust: () => trusts('') };
}

/** Remembers answers, not failures and not what is missing yet. */
function keepFor<T>(ms: number, ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const kept = new Map<string, { value: Promise<T>; until: number }>();
  return (key) => {
    const known = kept.get(key);
    if (known && known.until > performance.now()) return known.value;
    kept.delete(key);
    const value = ask(key);
    kept.set(key, { value, until: performance.now() + ms });
    const forget = () => {
      if (kept.get(key)?.value === value) kept.delete(key);
    };
    void value.then((answer) => answer === undefined && forget(), forget);
    const [oldest] = kept.keys();
    if (kept.size > MAX_PROOFS && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
