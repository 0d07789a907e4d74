// Block headers: the few fields that proofs use, and the block hash under the consensus that the trust file names.
import { toHex } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import { keccak256 } from '../hash.ts';
import { decodeRlp, encodeRlp, isBytes, isList, RlpError, type RlpItem, readInteger } from './rlp.ts';

/** As `eth_getBlockByNumber` names them, in the order of the RLP list; integers are written without leading zeros. */
export const HEADER_FIELDS: readonly { readonly name: string; readonly isInteger: boolean }[] = [
  { name: 'parentHash', isInteger: false },
  { name: 'sha3Uncles', isInteger: false },
  { name: 'miner', isInteger: false },
  { name: 'stateRoot', isInteger: false },
  { name: 'transactionsRoot', isInteger: false },
  { name: 'receiptsRoot', isInteger: false },
  { name: 'logsBloom', isInteger: false },
  { name: 'difficulty', isInteger: true },
  { name: 'number', isInteger: true },
  { name: 'gasLimit', isInteger: true },
  { name: 'gasUsed', isInteger: true },
  { name: 'timestamp', isInteger: true },
  { name: 'extraData', isInteger: false },
  { name: 'mixHash', isInteger: false },
  { name: 'nonce', isInteger: false },
  // Later rules append fields, each only together with those before it.
  { name: 'baseFeePerGas', isInteger: true },
  { name: 'withdrawalsRoot', isInteger: false },
  { name: 'blobGasUsed', isInteger: true },
  { name: 'excessBlobGas', isInteger: true },
  { name: 'parentBeaconBlockRoot', isInteger: false },
  { name: 'requestsHash', isInteger: false },
];

/** How a network makes blocks; it, and never the header, decides how a header is hashed. */
export type Consensus = 'qbft' | 'none';

export interface Header {
  readonly parentHash: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly number: bigint;
  /** Seconds since 1970. */
  readonly timestamp: bigint;
  readonly extraData: Uint8Array;
  /** Every item as it came, to be hashed again with another `extraData`. */
  readonly items: readonly RlpItem[];
}

/** What a QBFT header carries in `extraData`. */
export interface QbftExtra {
  readonly vanity: Uint8Array;
  readonly validators: readonly Uint8Array[];
  readonly vote: readonly RlpItem[];
  readonly round: Uint8Array;
  readonly seals: readonly RlpItem[];
}

const PARENT_HASH = 0;
const STATE_ROOT = 3;
const NUMBER = 8;
const TIMESTAMP = 11;
const EXTRA_DATA = 12;
const BASE_ITEMS = 15;
const MAX_ITEMS = 32;
const ADDRESS_SIZE = 20;
const EMPTY = new Uint8Array();

/** Reads a header's RLP. Throws VerificationError `header-malformed`; under `qbft` also for another form of `extraData`. */
export function parseHeader(headerRlp: Uint8Array, consensus: Consensus = 'none'): Header {
  return orMalformed(() => {
    const items = decodeRlp(headerRlp);
    if (!isList(items) || items.length < BASE_ITEMS || items.length > MAX_ITEMS)
      throw new RlpError('not 15 to 32 items');
    if (!items.slice(0, BASE_ITEMS).every(isBytes)) throw new RlpError('a list among the first 15 items');
    const header: Header = {
      parentHash: readBytes(items[PARENT_HASH], 32),
      stateRoot: readBytes(items[STATE_ROOT], 32),
      number: readInteger(items[NUMBER], 8),
      timestamp: readInteger(items[TIMESTAMP], 8),
      extraData: readBytes(items[EXTRA_DATA]),
      items,
    };
    if (consensus === 'qbft') readExtra(header.extraData);
    return header;
  });
}

/** The block hash of a header's RLP. Throws VerificationError `header-malformed`. */
export function blockHash(headerRlp: Uint8Array, consensus: Consensus): Uint8Array {
  const header = parseHeader(headerRlp, consensus);
  if (consensus === 'none') return keccak256(headerRlp);
  const { vanity, validators, vote } = qbftExtra(header);
  return hashWithExtra(header, [vanity, validators, vote, EMPTY, []]);
}

/** The QBFT part of a header. Throws VerificationError `header-malformed`. */
export function qbftExtra(header: Header): QbftExtra {
  return orMalformed(() => readExtra(header.extraData));
}

/** What each validator signs: the header's hash with its round and without its seals. */
export function sealedHash(header: Header): Uint8Array {
  const { vanity, validators, vote, round } = qbftExtra(header);
  return hashWithExtra(header, [vanity, validators, vote, round, []]);
}

function readExtra(extraData: Uint8Array): QbftExtra {
  const extra = decodeRlp(extraData);
  if (!isList(extra) || extra.length !== 5) throw new RlpError('extraData is not a list of five');
  const [vanity, validators, vote, round, seals] = extra;
  if (!isList(validators) || !isList(vote) || !isList(seals)) throw new RlpError('extraData has a string for a list');
  if (!isVote(vote)) throw new RlpError('extraData has a vote of another form');
  readInteger(round, 4);
  return {
    vanity: readBytes(vanity, 32),
    validators: validators.map((validator) => readBytes(validator, ADDRESS_SIZE)),
    vote,
    round: readBytes(round),
    seals,
  };
}

/** A vote to remove is the byte 0x00 in Besu's headers and the integer zero, an empty string, in GoQuorum's. */
const VOTE_CHOICES = new Set(['ff', '00', '']);

function isVote(vote: readonly RlpItem[]): boolean {
  if (vote.length === 0) return true;
  const [candidate, choice] = vote;
  if (vote.length !== 2 || !isBytes(candidate) || !isBytes(choice)) return false;
  return candidate.length === ADDRESS_SIZE && VOTE_CHOICES.has(toHex(choice));
}

function readBytes(item: RlpItem | undefined, size?: number): Uint8Array {
  if (!isBytes(item) || (size !== undefined && item.length !== size)) throw new RlpError('not a string of that size');
  return item;
}

function hashWithExtra(header: Header, extra: readonly RlpItem[]): Uint8Array {
  return keccak256(encodeRlp(header.items.with(EXTRA_DATA, encodeRlp(extra))));
}

function orMalformed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RlpError)) throw error;
    throw new VerificationError('header-malformed', error.message, {
      expected: 'a block header',
      found: error.message,
    });
  }
}
