// SPDX-License-Identifier: Apache-2.0
// Proofs and the trust file as the ledger has them now. Each is kept for a moment, so that a crowd at one certificate
// is one question to the ledger.
import { keepFor } from '../keep-for.ts';
import type { LedgerClient } from '../ledger/ledger-client.ts';

const PROOF_MS = 5_000;
const TRUST_MS = 60_000;

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
