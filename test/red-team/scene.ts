// SPDX-License-Identifier: Apache-2.0
// What stands around an attack of the operator: honest proofs that others keep, and the answers of the four kinds of reader. The
// attacker has every key of the operator and of all four validators, so forged blocks are sealed as honest ones are. A
// time-stamping authority of the reader's stamps whatever it is given, and a second chain of other validators records it, at the
// time at which they are asked.
import type { AuditReport } from '../../verifier/src/audit/index.ts';
import {
  ABSENCE_MEDIA_TYPE,
  type AbsenceProof,
  type Bundle,
  canonicalBytes,
  encodeBundle,
  fromHex,
  type Report,
  type TrustFile,
  utf8,
  verifyAbsence,
  verifyBundle,
  type Witness,
} from '../../verifier/src/index.ts';
import { type Receipt, verifyReceipt } from '../../verifier/src/receipts/index.ts';
import { KEY, receiptOf } from '../../verifier/vectors/cases/receipt-case.ts';
import { auditOf } from '../../verifier/vectors/support/audits.ts';
import type { RegistryChain } from '../../verifier/vectors/support/registry-chain.ts';
import { makeWorld, type World } from '../../verifier/vectors/support/world.ts';
import { ecKey, type Issued, issue, timeStamping } from '../../verifier/vectors/witnesses/certificates.ts';
import { networkOf, SECOND } from '../../verifier/vectors/witnesses/chain-witness.ts';
import { trustOf, witness } from '../../verifier/vectors/witnesses/scene.ts';
import { stamp } from '../../verifier/vectors/witnesses/stamp.ts';

/** The day of the attack; the honest blocks are of 22 November. */
export const TODAY = '2026-12-22T08:00:00Z';
export const LAST_MONTH = '2026-11-22T06:00:05Z';

export interface Scene {
  readonly honest: World;
  readonly receipt: Receipt;
  /** The one that the reader's trust file names. */
  readonly authority: Issued;
  readonly ownAuthority: Issued;
  trust(requiredWitnesses: number): TrustFile;
}

export type Shown = Bundle | AbsenceProof;

/** How a reader is protected: the columns of the table in docs/threat-model.md. */
export const READERS = ['no witness', 'one witness required', 'receipt held', 'proof kept, audited'] as const;
export type Reader = (typeof READERS)[number];

export async function makeScene(): Promise<Scene> {
  const honest = await makeWorld({ count: 1, index: 0, hasManifest: false });
  const root = issue({ name: 'an authority', key: ecKey(), isAuthority: true });
  const own = issue({ name: "the attacker's authority", key: ecKey(), isAuthority: true });
  return {
    honest,
    receipt: receiptOf(honest),
    authority: timeStamping({ name: 'its signer', key: ecKey(), issuer: root }),
    ownAuthority: timeStamping({ name: 'their signer', key: ecKey(), issuer: own }),
    trust: (required) => {
      const trust = trustOf(honest, [root], required);
      const receiptKeys = [{ key: KEY, from: '2026-01-01T00:00:00.000Z' }];
      return { ...trust, networks: [...trust.networks, networkOf(SECOND)], receiptKeys };
    },
  };
}

export const tokenOver = (root: string, signer: Issued, time: string): Witness =>
  witness(stamp({ message: fromHex(root), signer, time }));

/** `verified`, or the code of the first check that failed. */
export async function verdictOf({ trust }: Scene, shown: Shown, required: number): Promise<string> {
  return codeOf(await verify(shown, trust(required)));
}

export function verify(shown: Shown, trust: TrustFile): Promise<Report> {
  const options = { trust: utf8(JSON.stringify(trust)), now: new Date(TODAY) };
  const judge = shown.mediaType === ABSENCE_MEDIA_TYPE ? verifyAbsence : verifyBundle;
  return judge(encodeBundle(shown), options);
}

/** `kept`; the code of a broken promise; or that of a proof which does not hold anyway. */
export async function receiptVerdictOf({ receipt, trust }: Scene, shown: Shown): Promise<string> {
  const options = { trust: utf8(JSON.stringify(trust(0))), proof: encodeBundle(shown), now: new Date(TODAY) };
  const { verdict, checks, proof } = await verifyReceipt(canonicalBytes(receipt), options);
  if (verdict === 'kept') return verdict;
  const broken = checks.find(({ outcome }) => outcome === 'failed');
  return broken?.outcome === 'failed' ? broken.code : codeOf(proof);
}

/** The codes of what an audit of the chain finds, with what somebody kept. */
export async function auditVerdictOf(chain: RegistryChain, kept: Shown): Promise<string> {
  const { listed }: AuditReport = await auditOf(chain, { 'kept.proof.json': encodeBundle(kept) });
  return [...new Set(listed.map(({ code, cause }) => cause ?? code))].join(' ') || 'sound';
}

function codeOf(report: Report | undefined): string {
  if (report?.verdict === 'verified') return report.verdict;
  const failed = report?.checks.find(({ outcome }) => outcome === 'failed');
  return failed?.outcome === 'failed' ? failed.code : `no code in ${JSON.stringify(report)}`;
}
