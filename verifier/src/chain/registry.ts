// What EvidenceRegistry keeps in storage: where each thing lies, and how one word packs it.
import { concatBytes } from '../encoding/bytes.ts';
import { keccak256 } from '../hash.ts';

/** The slot numbers of a registry, as 0x words. */
export interface RegistryLayout {
  readonly batchesSlot: string;
  readonly revocationsSlot: string;
  readonly nextNumberSlot: string;
}

/** The storage layout of EvidenceRegistry, version 1 (docs/proof-format.md §7). */
export const LAYOUT_V1: RegistryLayout = {
  batchesSlot: `0x${'3'.padStart(64, '0')}`,
  revocationsSlot: `0x${'4'.padStart(64, '0')}`,
  nextNumberSlot: `0x${'5'.padStart(64, '0')}`,
};

export interface BatchRecord {
  readonly id: bigint;
  readonly firstNumber: bigint;
  readonly count: number;
  /** Seconds since 1970. */
  readonly anchoredAt: bigint;
}

/** Why a certificate was revoked, by the contract's number for it. */
export const REVOCATION_REASONS = {
  1: 'holder-request',
  2: 'facts-untrue',
  3: 'unlawful-content',
  4: 'duplicate',
  5: 'court-order',
  6: 'issued-in-error',
  7: 'key-compromise',
} as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[keyof typeof REVOCATION_REASONS];

export interface RevocationRecord {
  /** Seconds since 1970. */
  readonly revokedAt: bigint;
  /** The contract's number for the reason; `name` is undefined for one this version does not know. */
  readonly reason: number;
  readonly name: RevocationReason | undefined;
}

/** The slot of the batch with this root. Both arguments are 32 bytes; `slot` is the mapping's own number. */
export const batchSlot = (root: Uint8Array, slot: Uint8Array): Uint8Array => keccak256(concatBytes([root, slot]));

/** The slot of a number's revocation. `slot` (32 bytes) is the mapping's own number. */
export const revocationSlot = (number: bigint, slot: Uint8Array): Uint8Array =>
  keccak256(concatBytes([toWord(number), slot]));

/** Unpacks a batch's slot; undefined for zero, and for a word with bits that no batch has. */
export function decodeBatch(word: bigint): BatchRecord | undefined {
  if (word === 0n || word >> 224n !== 0n) return undefined;
  return {
    id: word & U64,
    firstNumber: (word >> 64n) & U64,
    count: Number((word >> 128n) & U32),
    anchoredAt: (word >> 160n) & U64,
  };
}

/** Unpacks a revocation's slot; undefined for zero, that is for a number that is not revoked. */
export function decodeRevocation(word: bigint): RevocationRecord | undefined {
  if (word === 0n) return undefined;
  const reason = Number((word >> 64n) & 0xffn);
  return { revokedAt: word & U64, reason, name: reasonNames.get(reason) };
}

/** The next number that a registry will issue: the low 64 bits of its slot. */
export const decodeNextNumber = (word: bigint): bigint => word & U64;

const U64 = 2n ** 64n - 1n;
const U32 = 2n ** 32n - 1n;
const reasonNames = new Map(Object.entries(REVOCATION_REASONS).map(([number, name]) => [Number(number), name]));

function toWord(number: bigint): Uint8Array {
  const word = new Uint8Array(32);
  new DataView(word.buffer).setBigUint64(24, number);
  return word;
}
