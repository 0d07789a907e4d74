// A made-up chain, for tests and vectors only: validators with our own keys, headers they seal, a state of accounts.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import {
  concatBytes,
  encodeRlp,
  keccak256,
  parseHeader,
  type RlpItem,
  sealedHash,
  sha256,
  toHex0x,
  utf8,
} from '../../src/index.ts';
import { buildTrie, type Trie } from './trie.ts';

export interface Validator {
  readonly secret: Uint8Array;
  readonly address: string;
}

const EMPTY = new Uint8Array();

/** The same bytes for the same words, every time. */
export const seeded = (seed: string): Uint8Array => sha256(utf8(`inkseal vectors: ${seed}`));

export function makeValidators(name: string, count: number): Validator[] {
  return Array.from({ length: count }, (_, index) => {
    const secret = seeded(`validator ${name} ${index}`);
    const publicKey = secp256k1.getPublicKey(secret, false);
    return { secret, address: toHex0x(keccak256(publicKey.subarray(1)).subarray(12)) };
  });
}

export interface HeaderSpec {
  readonly number: number;
  readonly timestamp: number;
  readonly stateRoot: Uint8Array;
  /** No validators: a header of a chain without seals. */
  readonly validators?: readonly Validator[];
  readonly sealers?: readonly Validator[];
  readonly round?: number;
  readonly vote?: readonly RlpItem[];
  /** Items after the first fifteen, as later chain rules append. */
  readonly moreItems?: readonly RlpItem[];
}

export function makeHeader(spec: HeaderSpec): Uint8Array {
  const { validators, sealers = validators ?? [] } = spec;
  if (!validators) return encodeRlp(headerItems(spec, utf8('made up')));
  const unsealed = encodeRlp(headerItems(spec, extraData(spec, validators, [])));
  const message = sealedHash(parseHeader(unsealed));
  const seals = sealers.map(({ secret }) => seal(message, secret));
  return encodeRlp(headerItems(spec, extraData(spec, validators, seals)));
}

/** A seal, r ‖ s ‖ v; deterministic (RFC 6979). */
export function seal(message: Uint8Array, secret: Uint8Array): Uint8Array {
  const signature = secp256k1.sign(message, secret, { prehash: false, format: 'recovered' });
  return concatBytes([signature.subarray(1), signature.subarray(0, 1)]);
}

export function encodeInteger(value: bigint | number): Uint8Array {
  const hex = BigInt(value).toString(16);
  return BigInt(value) === 0n
    ? EMPTY
    : Uint8Array.from(Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'));
}

function extraData(
  { round = 0, vote = [] }: HeaderSpec,
  validators: readonly Validator[],
  seals: RlpItem[],
): Uint8Array {
  const addresses = validators.map(({ address }) => bytesOf(address));
  return encodeRlp([new Uint8Array(32), addresses, vote, encodeInteger(round), seals]);
}

function headerItems({ number, timestamp, stateRoot, moreItems = [] }: HeaderSpec, extra: Uint8Array): RlpItem[] {
  const base = [
    seeded(`parent of ${number}`),
    seeded('no uncles'),
    seeded('coinbase').subarray(12),
    stateRoot,
    seeded(`transactions of ${number}`),
    seeded(`receipts of ${number}`),
    new Uint8Array(256),
    encodeInteger(1),
    encodeInteger(number),
    encodeInteger(0x1fffff),
    encodeInteger(54_000),
    encodeInteger(timestamp),
    extra,
    seeded('mix'),
    new Uint8Array(8),
  ];
  return [...base, ...moreItems];
}

export interface AccountSpec {
  readonly address: string;
  readonly codeHash: string;
  readonly storage: ReadonlyMap<string, bigint>;
}

export interface State {
  readonly root: Uint8Array;
  proveAccount(address: string): string[];
  proveSlot(address: string, slot: string): string[];
}

/** A state of these accounts and a few others. */
export function makeState(accounts: readonly AccountSpec[], others = 40): State {
  const storages = new Map(accounts.map(({ address, storage }) => [address, storageTrie(storage)]));
  const filler = Array.from({ length: others }, (_, index) => fillerAccount(index));
  const entries = accounts.map(({ address, codeHash }): [Uint8Array, Uint8Array] => {
    const root = storages.get(address)?.root ?? EMPTY;
    return [bytesOf(address), encodeRlp([encodeInteger(1), EMPTY, root, bytesOf(codeHash)])];
  });
  const trie = buildTrie([...entries, ...filler]);
  return {
    root: trie.root,
    proveAccount: (address) => trie.prove(bytesOf(address)).map(toHex0x),
    proveSlot: (address, slot) => (storages.get(address)?.prove(bytesOf(slot)) ?? [Uint8Array.of(0x80)]).map(toHex0x),
  };
}

function storageTrie(storage: ReadonlyMap<string, bigint>): Trie {
  const filled = [...storage].filter(([, value]) => value !== 0n);
  return buildTrie(filled.map(([slot, value]) => [bytesOf(slot), encodeRlp(encodeInteger(value))]));
}

function fillerAccount(index: number): [Uint8Array, Uint8Array] {
  const account = [encodeInteger(index), encodeInteger(10n ** 18n), keccak256(Uint8Array.of(0x80)), keccak256(EMPTY)];
  return [seeded(`account ${index}`).subarray(12), encodeRlp(account)];
}

export const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replace(/^0x/, ''), 'hex'));
