// What many proofs have in common, judged once: blocks carry whole batches, and recovering their seals is most of a verification.
import type { Header } from '../chain/header.ts';
import type { Account } from '../chain/state-proof.ts';
import type { ValidatorSet } from '../trust/trust-file.ts';
import type { Captured } from './run.ts';

export interface Sealers {
  readonly sealers: string[];
  readonly set: ValidatorSet;
}

/** Results that depend on nothing but their key, under one trust file. */
export interface SharedChecks {
  header(rlp: string, judge: () => Captured<Header>): Captured<Header>;
  account(proof: string, judge: () => Captured<Account>): Captured<Account>;
  sealers(header: Header, judge: () => Captured<Sealers>): Captured<Sealers>;
}

/** Proofs come in the order of their numbers, so the newest blocks are those that come again. */
const KEPT = 256;

/**
 * Results to be shared by verifications under one and the same trust file; takes some megabytes at most.
 *
 *     const shared = shareChecks();
 *     for (const bytes of bundles) await verifyBundle(bytes, { trust, shared });
 */
export function shareChecks(): SharedChecks {
  const headers = keep<Captured<Header>>();
  const accounts = keep<Captured<Account>>();
  const sealers = new WeakMap<Header, Captured<Sealers>>();
  return {
    header: headers,
    account: accounts,
    sealers(header, judge) {
      const known = sealers.get(header) ?? judge();
      sealers.set(header, known);
      return known;
    },
  };
}

function keep<T>(): (key: string, judge: () => T) => T {
  const kept = new Map<string, T>();
  return (key, judge) => {
    const known = kept.get(key) ?? judge();
    // Written again at the end: the first is always the one that was not used for longest.
    kept.delete(key);
    kept.set(key, known);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return known;
  };
}
