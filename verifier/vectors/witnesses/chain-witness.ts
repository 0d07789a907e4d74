// A made-up second chain, for tests and vectors only: a registry of the same contract that has a batch of another chain's root.
import {
  batchSlot,
  type ChainWitness,
  fromHex,
  LAYOUT_V1,
  TRUST_MEDIA_TYPE_V2,
  type TrustedNetwork,
  type TrustFile,
  toHex0x,
} from '../../src/index.ts';
import { bytesOf, makeHeader, makeState, makeValidators, seeded, type Validator } from '../support/chain.ts';
import { CODE_HASH, makeTrust, packBatch, type World } from '../support/world.ts';

export interface SecondChain {
  readonly chainId: string;
  readonly contract: string;
  readonly validators: readonly Validator[];
}

export const SECOND: SecondChain = secondChain('9900', 'second');

/** The same words make the same chain. */
export function secondChain(chainId: string, name: string): SecondChain {
  const contract = toHex0x(seeded(`registry of ${name}`).subarray(12));
  return { chainId, contract, validators: makeValidators(name, 4) };
}

export interface ChainWitnessSpec {
  readonly chain: SecondChain;
  readonly root: string;
  readonly count: number;
  /** Seconds since 1970. */
  readonly time: number;
  readonly block: number;
  /** Who seals; all validators if absent. */
  readonly sealers?: readonly Validator[];
  readonly codeHash: string;
  /** The word in the root's slot; the batch if absent. */
  readonly word?: bigint;
  /** The contract whose account has the batch. */
  readonly holder: string;
  /** The contract whose account is proven, and the root whose slot is. */
  readonly account: string;
  readonly provenRoot: string;
}

/** The witness that a second chain gives a batch; each choice can be changed. */
export function chainWitness({ bundle }: Pick<World, 'bundle'>, choices: Partial<ChainWitnessSpec> = {}): ChainWitness {
  const { chain = SECOND } = choices;
  const { root, count, anchoredAt } = bundle.anchor.batch;
  const defaults = { chain, root, count, time: Number(anchoredAt) + 2, block: 5_000, codeHash: CODE_HASH };
  const { holder = chain.contract } = choices;
  const spec: ChainWitnessSpec = { holder, account: holder, provenRoot: root, ...defaults, ...choices };
  const { time, word = packBatch(3n, 41n, spec.count, time) } = spec;
  const slotOf = (of: string) => toHex0x(batchSlot(fromHex(of), bytesOf(LAYOUT_V1.batchesSlot)));
  const others = Array.from({ length: 30 }, (_, at): [string, bigint] => [toHex0x(seeded(`other ${at}`)), 1n]);
  const storage = new Map([...others, [slotOf(spec.root), word] satisfies [string, bigint]]);
  const state = makeState([{ address: spec.holder, codeHash: spec.codeHash, storage }]);
  const { validators } = chain;
  const header = { number: spec.block, timestamp: time, stateRoot: state.root, validators };
  return {
    kind: 'chain',
    chainId: chain.chainId,
    contract: chain.contract,
    headerRlp: toHex0x(makeHeader({ ...header, ...(spec.sealers && { sealers: spec.sealers }) })),
    accountProof: state.proveAccount(spec.account),
    storageProof: state.proveSlot(spec.holder, slotOf(spec.provenRoot)),
  };
}

export function networkOf(chain: SecondChain, change: Partial<TrustedNetwork> = {}): TrustedNetwork {
  const { chainId, contract, validators } = chain;
  return {
    chainId,
    consensus: 'qbft',
    registries: [{ address: contract, codeHash: CODE_HASH, ...LAYOUT_V1, fromBlock: '100' }],
    validatorSets: [{ fromBlock: '0', validators: validators.map(({ address }) => ({ address })) }],
    ...change,
  };
}

/** A trust file that names the world's own network and these. */
export function trustWith(world: World, networks: readonly TrustedNetwork[], requiredWitnesses = 1): TrustFile {
  const own = makeTrust(world);
  return {
    ...own,
    mediaType: TRUST_MEDIA_TYPE_V2,
    networks: [...own.networks, ...networks],
    requiredWitnesses,
    receiptKeys: [],
    documentSigners: [],
  };
}
