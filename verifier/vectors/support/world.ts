// A made-up world, for tests and vectors only: one registry on one chain, a batch in it, and the proofs that come of it.
// Every choice has a default and can be changed, so that a forgery differs from the real thing in one choice.
import {
  ABSENCE_MEDIA_TYPE,
  type AbsenceProof,
  BUNDLE_MEDIA_TYPE,
  type Bundle,
  batchSlot,
  blockHash,
  buildTree,
  type Consensus,
  type EntryKind,
  encodeStatement,
  LAYOUT_V1,
  leafHash,
  type Manifest,
  manifestDigests,
  type RegistryLayout,
  type RlpItem,
  revocationSlot,
  type Section,
  type Statement,
  type StateProof,
  sectionDigest,
  sha256,
  sm3,
  TRUST_MEDIA_TYPE,
  type TrustedNetwork,
  type TrustFile,
  toHex,
  toHex0x,
  utf8,
} from '../../src/index.ts';
import { bytesOf, makeHeader, makeState, makeValidators, type State, seeded, type Validator } from './chain.ts';

export const CONTRACT = toHex0x(seeded('registry').subarray(12));
export const CODE_HASH = toHex0x(seeded('code'));
export const FIRST_NUMBER = 100_000_000_000_000_001n;
export const FILE_CONTENT = utf8('鹤华 — a work of ink\n');
export const FILE_SM3 = toHex(await sm3(FILE_CONTENT));
export const NOW = '2026-11-22T08:00:00.000Z';

export interface WorldSpec {
  chainId: string;
  contract: string;
  codeHash: string;
  layout: RegistryLayout;
  consensus: Consensus;
  validators: readonly Validator[];
  /** Who seals; all validators if absent. */
  sealers?: readonly Validator[];
  round: number;
  vote: readonly Uint8Array[];
  /** Header items after the first fifteen. */
  moreItems: readonly RlpItem[];
  count: number;
  index: number;
  firstNumber: bigint;
  batchId: bigint;
  kind: EntryKind;
  hasSm3: boolean;
  sections: readonly ('files' | 'work' | 'party:1')[];
  /** In the manifest and disclosed, after the others. */
  moreSections: readonly Section[];
  hasManifest: boolean;
  hasStatus: boolean;
  /** The word in the number's revocation slot when the status is taken. */
  revocation: bigint;
  nextNumber: bigint;
  /** Whether the registry exists, and whether it has the batch. */
  hasAccount: boolean;
  isAnchored: boolean;
  notBefore: { block: number; time: number };
  anchor: { block: number; time: number; anchoredAt: number };
  status: { block: number; time: number };
  receivedAt: string;
  /** Changes a statement before it becomes a leaf. */
  restate: (statement: Statement) => Statement;
}

const START = Date.UTC(2026, 10, 22, 6) / 1000;

const defaults: WorldSpec = {
  chainId: '7788',
  contract: CONTRACT,
  codeHash: CODE_HASH,
  layout: LAYOUT_V1,
  consensus: 'qbft',
  validators: makeValidators('trusted', 4),
  round: 0,
  vote: [],
  moreItems: [],
  count: 5,
  index: 2,
  firstNumber: FIRST_NUMBER,
  batchId: 7n,
  kind: 'attestation',
  hasSm3: true,
  sections: ['files', 'work'],
  moreSections: [],
  hasManifest: true,
  hasStatus: true,
  revocation: 0n,
  nextNumber: FIRST_NUMBER + 1_000n,
  hasAccount: true,
  isAnchored: true,
  notBefore: { block: 1_200, time: START },
  anchor: { block: 1_203, time: START + 4, anchoredAt: START + 4 },
  status: { block: 1_500, time: START + 600 },
  receivedAt: new Date((START + 1) * 1000 + 123).toISOString(),
  restate: (statement) => statement,
};

export interface World {
  readonly spec: WorldSpec;
  readonly bundle: Bundle;
  readonly statements: readonly Statement[];
  readonly tree: ReturnType<typeof buildTree>;
  /** The registry's state when the batch was anchored, and a proof of any slot under a header of any block. */
  readonly state: State;
  prove(slot: string, at: { block: number; time: number }): StateProof;
}

export async function makeWorld(choices: Partial<WorldSpec> = {}): Promise<World> {
  const spec = { ...defaults, ...choices };
  const { manifest, sections } = makeContent(spec);
  const digests = await manifestDigests(manifest);
  const notBefore = headerAt(spec, spec.notBefore, seeded('the state before'));
  const statements = makeStatements(spec, digests, toHex0x(blockHash(notBefore, spec.consensus)));
  const tree = buildTree(statements.map((statement) => leafHash(encodeStatement(statement))));
  const [statement = fail()] = statements.slice(spec.index);
  const state = stateOf(spec, tree.root, 0n);
  const later = stateOf(spec, tree.root, spec.revocation);
  const slot = toHex0x(batchSlot(tree.root, bytesOf(spec.layout.batchesSlot)));
  const bundle: Bundle = {
    mediaType: BUNDLE_MEDIA_TYPE,
    statement,
    inclusion: { index: spec.index, count: spec.count, path: tree.inclusionPath(spec.index).map(toHex) },
    notBefore: { headerRlp: toHex0x(notBefore) },
    anchor: {
      batch: {
        root: toHex(tree.root),
        id: String(spec.batchId),
        firstNumber: String(spec.firstNumber),
        count: spec.count,
        anchoredAt: String(spec.anchor.anchoredAt),
      },
      ...proofOf(spec, state, slot, spec.anchor),
    },
    ...(spec.hasStatus && { status: proofOf(spec, later, revocationSlotOf(spec, statement.number), spec.status) }),
    ...(spec.hasManifest && { manifest }),
    ...(spec.hasManifest && spec.sections.length > 0 && { sections }),
    hints: { transaction: toHex0x(seeded('transaction')), anchorBlockHash: toHex0x(seeded('only a hint')) },
  };
  return { spec, bundle, statements, tree, state, prove: (asked, at) => proofOf(spec, state, asked, at) };
}

export function makeAbsence({ spec, prove }: World, number: bigint): AbsenceProof {
  const registry = { chainId: spec.chainId, contract: spec.contract };
  const proof = prove(spec.layout.nextNumberSlot, spec.anchor);
  return { mediaType: ABSENCE_MEDIA_TYPE, registry, number: String(number), ...proof };
}

export function makeTrust({ spec }: World, network: Partial<TrustedNetwork> = {}): TrustFile {
  const registry = { address: spec.contract, codeHash: spec.codeHash, ...spec.layout, fromBlock: '12' };
  const validators = spec.validators.map(({ address }, index) => ({ address, organisation: `Office ${index + 1}` }));
  return {
    mediaType: TRUST_MEDIA_TYPE,
    name: 'Made-up trust, for tests',
    networks: [
      {
        chainId: spec.chainId,
        consensus: spec.consensus,
        registries: [registry],
        validatorSets: spec.consensus === 'qbft' ? [{ fromBlock: '0', validators }] : [],
        ...network,
      },
    ],
    timestampAuthorities: [],
  };
}

export function headerAt(spec: WorldSpec, at: { block: number; time: number }, stateRoot: Uint8Array): Uint8Array {
  const { validators, sealers = validators, round, vote, moreItems, consensus } = spec;
  const sealed = consensus === 'qbft' ? { validators, sealers, round, vote } : {};
  return makeHeader({ number: at.block, timestamp: at.time, stateRoot, moreItems, ...sealed });
}

export const packBatch = (id: bigint, firstNumber: bigint, count: number, anchoredAt: number): bigint =>
  id | (firstNumber << 64n) | (BigInt(count) << 128n) | (BigInt(anchoredAt) << 160n);

export const revocationSlotOf = ({ layout }: WorldSpec, number: string): string =>
  toHex0x(revocationSlot(BigInt(number), bytesOf(layout.revocationsSlot)));

function proofOf(spec: WorldSpec, state: State, slot: string, at: { block: number; time: number }): StateProof {
  return {
    headerRlp: toHex0x(headerAt(spec, at, state.root)),
    accountProof: state.proveAccount(spec.contract),
    storageProof: state.proveSlot(spec.contract, slot),
  };
}

function stateOf(spec: WorldSpec, root: Uint8Array, revocation: bigint): State {
  const { layout, batchId, firstNumber, count, anchor, index } = spec;
  const batch = spec.isAnchored ? packBatch(batchId, firstNumber, count, anchor.anchoredAt) : 0n;
  const storage = new Map([
    [toHex0x(batchSlot(root, bytesOf(layout.batchesSlot))), batch],
    [layout.nextNumberSlot, spec.nextNumber],
    [revocationSlotOf(spec, String(firstNumber + BigInt(index))), revocation],
    ...Array.from({ length: 60 }, (_, i): [string, bigint] => [toHex0x(seeded(`slot ${i}`)), BigInt(i + 1)]),
  ]);
  return makeState(spec.hasAccount ? [{ address: spec.contract, codeHash: spec.codeHash, storage }] : []);
}

function makeStatements(spec: WorldSpec, own: { sha256: string; sm3: string }, hash: string): Statement[] {
  const { chainId, contract, firstNumber, kind, hasSm3, receivedAt, notBefore, index, restate } = spec;
  return Array.from({ length: spec.count }, (_, place) => {
    const others = toHex(seeded(`digest ${place}`));
    const { sha256, sm3 } = place === index ? own : { sha256: others, sm3: others };
    const statement: Statement = {
      v: 1,
      registry: { chainId, contract },
      number: String(firstNumber + BigInt(place)),
      kind,
      sha256,
      ...(hasSm3 && { sm3 }),
      receivedAt,
      notBefore: { block: String(notBefore.block), hash },
    };
    return place === index ? restate(statement) : statement;
  });
}

function makeContent(spec: WorldSpec): { manifest: Manifest; sections: Section[] } {
  const files = { name: 'files', salt: toHex(seeded('salt 1')), content: [listedFile()] };
  const work = { name: 'work', salt: toHex(seeded('salt 2')), content: { title: '鹤华', category: 'fine-art' } };
  const party = { name: 'party:1', salt: toHex(seeded('salt 3')), content: { role: 'author', name: '王*' } };
  const all: Section[] = [files, work, party, ...spec.moreSections];
  const manifest = {
    v: 1 as const,
    sections: all.map((section) => ({ name: section.name, sha256: sectionDigest(section) })),
  };
  const isDisclosed = (section: Section) =>
    spec.moreSections.includes(section) || spec.sections.some((wanted) => wanted === section.name);
  return { manifest, sections: all.filter(isDisclosed) };
}

function listedFile() {
  const digest = toHex(sha256(FILE_CONTENT));
  return {
    name: '鹤华.txt',
    size: String(FILE_CONTENT.length),
    mediaType: 'text/plain',
    sha256: digest,
    sm3: FILE_SM3,
  };
}

function fail(): never {
  throw new RangeError('no such leaf');
}
