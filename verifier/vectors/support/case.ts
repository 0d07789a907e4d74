// One test vector, and small ways to change a good bundle into a bad one.
import {
  type AbsenceProof,
  type Bundle,
  type CheckCode,
  type CheckName,
  decodeRlp,
  encodeRlp,
  type NodePort,
  type ReadingCode,
  type RlpItem,
  type TrustCode,
  type TrustFile,
  toHex0x,
  type Verdict,
} from '../../src/index.ts';
import { bytesOf } from './chain.ts';

/** A node's whole knowledge: hashes by block number, and storage words that are not zero by slot. */
export interface NodeAnswers {
  readonly chainId: string;
  readonly blocks: Readonly<Record<string, string>>;
  readonly storage: Readonly<Record<string, string>>;
}

export interface Case {
  readonly name: string;
  /** Why this case is here, in a sentence. */
  readonly about: string;
  readonly subject?: 'bundle' | 'absence';
  /** The file: an object to be written canonically, or its very text or bytes. */
  readonly file: Bundle | AbsenceProof | string | Uint8Array;
  /** Absent: no trust file. */
  readonly trust?: TrustFile | string;
  /** Spaces are added at the end up to this many bytes. */
  readonly padTo?: number;
  readonly trustPadTo?: number;
  readonly files?: readonly string[];
  readonly maxStatusAgeSeconds?: number;
  readonly node?: NodeAnswers | 'unreachable';
  readonly verdict: Verdict;
  /** What the index says of a released case, where a correction took it back. */
  readonly released?: { readonly verdict: Verdict; readonly exitCode: number };
  /** The text that today's reader judges as the reader of the release judged the file. */
  readonly judgedAs?: string;
  readonly error?: ReadingCode | TrustCode;
  /** What becomes of check `witnesses`, as the index writes it, where the case is about that. */
  readonly witnesses?: string;
  /** Every check that fails, and how. */
  readonly failed?: Partial<Record<CheckName, CheckCode>>;
}

export function nodePort(answers: NodeAnswers | 'unreachable'): NodePort {
  const reach = async (): Promise<NodeAnswers> => {
    if (answers === 'unreachable') throw new RangeError('no answer');
    return answers;
  };
  return {
    chainId: async () => BigInt((await reach()).chainId),
    blockHash: async (number) => (await reach()).blocks[String(number)],
    storageAt: async (_, slot) => (await reach()).storage[slot] ?? '0x0',
  };
}

/** A header with some of its items replaced. */
export function changeHeader(headerRlp: string, change: (items: RlpItem[]) => RlpItem[]): string {
  return toHex0x(encodeRlp(change([...listOf(bytesOf(headerRlp))])));
}

/** A header with some of the five items of its QBFT extraData replaced. */
export function changeExtra(headerRlp: string, change: (extra: RlpItem[]) => RlpItem[]): string {
  return changeHeader(headerRlp, (items) => {
    const extra = items[12];
    if (!(extra instanceof Uint8Array)) throw new RangeError('no extraData');
    return items.with(12, encodeRlp(change([...listOf(extra)])));
  });
}

export function changeSeals(headerRlp: string, change: (seals: Uint8Array[]) => RlpItem[]): string {
  return changeExtra(headerRlp, (extra) => {
    const seals = extra[4];
    if (!Array.isArray(seals)) throw new RangeError('no seals');
    return extra.with(4, change(seals.filter((seal) => seal instanceof Uint8Array)));
  });
}

const GROUP_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** The same validator's seal with s in the other half. */
export function otherForm(seal: Uint8Array): Uint8Array {
  const s = BigInt(toHex0x(seal.subarray(32, 64)));
  const other = bytesOf((GROUP_ORDER - s).toString(16).padStart(64, '0'));
  return Uint8Array.from([...seal.subarray(0, 32), ...other, 1 - (seal[64] ?? 0)]);
}

function listOf(text: Uint8Array): readonly RlpItem[] {
  const item = decodeRlp(text);
  if (item instanceof Uint8Array) throw new RangeError('not a list');
  return item;
}
