// A made-up registry with many batches, for tests of audits only: its log, its blocks, the proofs of its state, and everything
// that an honest operator gives out about its numbers.
import type { AuditNode, LogEntry } from '../../src/audit/index.ts';
import { NodeFailure, REGISTRY_TOPICS } from '../../src/audit/index.ts';
import {
  type AbsenceProof,
  BUNDLE_MEDIA_TYPE,
  type Bundle,
  batchSlot,
  blockHash,
  buildTree,
  type Consensus,
  encodeStatement,
  LAYOUT_V1,
  leafHash,
  revocationSlot,
  type Statement,
  type StateProof,
  TRUST_MEDIA_TYPE_V2,
  type Tree,
  type TrustFile,
  toHex,
  toHex0x,
} from '../../src/index.ts';
import { type Promised, type Receipt, receiptKeyOf, signReceipt } from '../../src/receipts/index.ts';
import { bytesOf, makeHeader, makeState, makeValidators, type State, seeded } from './chain.ts';
import { CODE_HASH, CONTRACT, packBatch } from './world.ts';

export const CHAIN_ID = '7788';
export const FIRST = 100_001n;
const START = Date.UTC(2025, 0, 6, 4) / 1000;
const FIRST_BLOCK = 20;
/** Blocks from one batch to the next; a block a second. */
const BLOCKS_APART = 3;
const RECEIPT_SECRET = seeded('receipt key');

export interface RegistryChoices {
  readonly consensus?: Consensus;
  /** Entries of each batch. */
  readonly counts?: readonly number[];
  /** Revoked numbers. */
  readonly revoked?: readonly bigint[];
}

interface MadeBatch {
  readonly id: bigint;
  readonly first: bigint;
  readonly block: number;
  readonly statements: readonly Statement[];
  readonly notBefore: Uint8Array;
  readonly tree: Tree;
}

export interface RegistryChain {
  readonly trust: TrustFile;
  /** An honest node; tests change one answer of it. */
  readonly node: AuditNode;
  readonly batches: readonly MadeBatch[];
  /** The newest block. */
  readonly head: number;
  headerRlp(block: number): Uint8Array | undefined;
  bundle(number: bigint): Bundle;
  absence(number: bigint): AbsenceProof;
  receipt(number: bigint, changes?: Partial<Promised>): Receipt;
}

export function makeRegistryChain(choices: RegistryChoices = {}): RegistryChain {
  const { consensus = 'qbft', counts = [3, 1, 5], revoked = [] } = choices;
  const batches = makeBatches(counts, consensus);
  const head = FIRST_BLOCK + BLOCKS_APART * counts.length + 1;
  const state = stateOf(batches, revoked);
  const headers = new Map(batches.map(({ block, notBefore }) => [block - 2, notBefore]));
  const headerRlp = (block: number) => {
    if (block < 0 || block > head) return undefined;
    const known = headers.get(block) ?? headerAt(block, consensus, state.root);
    headers.set(block, known);
    return known;
  };
  const proof = (slot: string, block: number): StateProof => ({
    headerRlp: toHex0x(headerRlp(block) ?? fail()),
    accountProof: state.proveAccount(CONTRACT),
    storageProof: state.proveSlot(CONTRACT, slot),
  });
  return {
    trust: trustOf(consensus),
    node: nodeOf({ batches, revoked, head, state, headerRlp, consensus }),
    batches,
    head,
    headerRlp,
    bundle: (number) => bundleOf(batchOf(batches, number), number, proof),
    absence: (number) => ({
      mediaType: 'application/vnd.inkseal.absence+json;v=1',
      registry: { chainId: CHAIN_ID, contract: CONTRACT },
      number: String(number),
      ...proof(LAYOUT_V1.nextNumberSlot, head),
    }),
    receipt: (number, changes = {}) => receiptOf(batches, number, changes),
  };
}

export const timeOf = (block: number): number => START + block;

function makeBatches(counts: readonly number[], consensus: Consensus): MadeBatch[] {
  let first = FIRST;
  return counts.map((count, index) => {
    const block = FIRST_BLOCK + BLOCKS_APART * index;
    const notBefore = headerAt(block - 2, consensus, seeded('the state before'));
    const hash = toHex0x(blockHash(notBefore, consensus));
    const statements = Array.from({ length: count }, (_, place): Statement => {
      const number = first + BigInt(place);
      return {
        v: 1,
        registry: { chainId: CHAIN_ID, contract: CONTRACT },
        number: String(number),
        kind: 'attestation',
        sha256: toHex(seeded(`content of ${number}`)),
        receivedAt: new Date(timeOf(block - 1) * 1000).toISOString(),
        notBefore: { block: String(block - 2), hash },
      };
    });
    const tree = buildTree(statements.map((statement) => leafHash(encodeStatement(statement))));
    const made = { id: BigInt(index + 1), first, block, statements, notBefore, tree };
    first += BigInt(count);
    return made;
  });
}

function headerAt(number: number, consensus: Consensus, stateRoot: Uint8Array): Uint8Array {
  const validators = makeValidators('audited', 4);
  return makeHeader({ number, timestamp: timeOf(number), stateRoot, ...(consensus === 'qbft' && { validators }) });
}

/** Of every block: what is anchored later is there already, which no check forbids. */
function stateOf(batches: readonly MadeBatch[], revoked: readonly bigint[]): State {
  const last = batches.at(-1);
  const next = last ? last.first + BigInt(last.statements.length) : FIRST;
  const storage = new Map([
    ...batches.map(({ id, first, block, statements, tree }): [string, bigint] => {
      const slot = toHex0x(batchSlot(tree.root, bytesOf(LAYOUT_V1.batchesSlot)));
      return [slot, packBatch(id, first, statements.length, timeOf(block))];
    }),
    ...revoked.map((number): [string, bigint] => [
      toHex0x(revocationSlot(number, bytesOf(LAYOUT_V1.revocationsSlot))),
      BigInt(START) | (1n << 64n),
    ]),
    [LAYOUT_V1.nextNumberSlot, next | (BigInt(batches.length) << 64n) | (FIRST << 128n)] as const,
  ]);
  return makeState([{ address: CONTRACT, codeHash: CODE_HASH, storage }]);
}

function trustOf(consensus: Consensus): TrustFile {
  const validators = makeValidators('audited', 4).map(({ address }) => ({ address }));
  return {
    mediaType: TRUST_MEDIA_TYPE_V2,
    name: 'Made-up trust, for tests',
    networks: [
      {
        chainId: CHAIN_ID,
        consensus,
        registries: [{ address: CONTRACT, codeHash: CODE_HASH, ...LAYOUT_V1, fromBlock: '5' }],
        validatorSets: consensus === 'qbft' ? [{ fromBlock: '0', validators }] : [],
      },
    ],
    timestampAuthorities: [],
    requiredWitnesses: 0,
    receiptKeys: [{ key: receiptKeyOf(RECEIPT_SECRET), from: '2025-01-01T00:00:00.000Z' }],
    documentSigners: [],
  };
}

interface Shown {
  readonly batches: readonly MadeBatch[];
  readonly revoked: readonly bigint[];
  readonly head: number;
  readonly state: State;
  readonly consensus: Consensus;
  headerRlp(block: number): Uint8Array | undefined;
}

function nodeOf({ batches, revoked, head, state, headerRlp, consensus }: Shown): AuditNode {
  const entries = [...batches.map(anchoredEntry), ...revoked.map((number) => revokedEntry(number, head))];
  return {
    chainId: async () => BigInt(CHAIN_ID),
    newestBlock: async () => BigInt(head),
    block: async (number) => {
      const rlp = headerRlp(Number(number));
      return rlp && { hash: toHex0x(blockHash(rlp, consensus)), headerRlp: rlp };
    },
    logs: async ({ from, to }) => {
      if (to - from >= 10n) throw new NodeFailure('too many blocks', { isTooMuch: true });
      return entries.filter(({ block }) => block >= from && block <= to);
    },
    proofs: async (slots) => ({
      accountProof: state.proveAccount(CONTRACT).map(bytesOf),
      storageProofs: slots.map((slot) => state.proveSlot(CONTRACT, slot).map(bytesOf)),
    }),
  };
}

const wordOf = (value: bigint | number): string => BigInt(value).toString(16).padStart(64, '0');

export const anchoredEntry = ({ id, first, block, statements, tree }: MadeBatch): LogEntry => ({
  block: BigInt(block),
  topics: [REGISTRY_TOPICS[0] ?? '', toHex0x(tree.root)],
  data: `0x${wordOf(id)}${wordOf(first)}${wordOf(statements.length)}`,
});

const revokedEntry = (number: bigint, block: number): LogEntry => ({
  block: BigInt(block),
  topics: [REGISTRY_TOPICS[1] ?? '', `0x${wordOf(number)}`],
  data: `0x${wordOf(START)}${wordOf(1)}`,
});

function batchOf(batches: readonly MadeBatch[], number: bigint): MadeBatch {
  return batches.findLast(({ first }) => first <= number) ?? fail();
}

function bundleOf(batch: MadeBatch, number: bigint, proof: (slot: string, block: number) => StateProof): Bundle {
  const { id, first, block, statements, tree, notBefore } = batch;
  const index = Number(number - first);
  return {
    mediaType: BUNDLE_MEDIA_TYPE,
    statement: statements[index] ?? fail(),
    inclusion: { index, count: statements.length, path: tree.inclusionPath(index).map(toHex) },
    notBefore: { headerRlp: toHex0x(notBefore) },
    anchor: {
      batch: {
        root: toHex(tree.root),
        id: String(id),
        firstNumber: String(first),
        count: statements.length,
        anchoredAt: String(timeOf(block)),
      },
      ...proof(toHex0x(batchSlot(tree.root, bytesOf(LAYOUT_V1.batchesSlot))), block),
    },
  };
}

function receiptOf(batches: readonly MadeBatch[], number: bigint, changes: Partial<Promised>): Receipt {
  const { statements, first } = batchOf(batches, number);
  const { sha256 = toHex(seeded('never')), receivedAt = '2025-01-06T04:00:01.000Z' } =
    statements[Number(number - first)] ?? {};
  const promised: Promised = {
    registry: { chainId: CHAIN_ID, contract: CONTRACT },
    number: String(number),
    kind: 'attestation',
    sha256,
    receivedAt,
    anchorBy: new Date(Date.parse(receivedAt) + 20_000).toISOString(),
  };
  return signReceipt({ ...promised, ...changes }, RECEIPT_SECRET);
}

function fail(): never {
  throw new RangeError('no such number or block');
}
