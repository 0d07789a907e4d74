// SPDX-License-Identifier: Apache-2.0
// Records roots on a second chain and proves that they stand there. What was done is read from that chain alone: its contract takes
// a root once, so whatever is cut short anywhere is safely done again, and a nonce may come from a node.
import { pause } from '@inkseal/service-kit';
import {
  batchSlot,
  type ChainWitness,
  canonicalBytes,
  fromHex,
  toHex0x,
  VerificationError,
  verifyChainWitness,
} from '@inkseal/verifier';
import { CLOCK_TOLERANCE_SECONDS } from '@inkseal/verifier/timestamp';
import { type Fees, isAnswer, priceOf, raise } from '../chain/index.ts';
import { DomainError } from '../errors.ts';
import { anchorData, batchOf, CALL_GAS_LIMIT, nextNumber, simulate } from '../registry/index.ts';
import { signAt } from '../transactions/index.ts';
import { REFUSALS, Refusal } from './refusal.ts';
import type { SecondChain } from './second-chains.ts';

/** Between two looks for what was sent. */
const POLL_MS = 250;

/** A batch of ours; the time of the block that it quotes, ms. */
export interface RootToRecord {
  readonly batchId: string;
  readonly root: Uint8Array;
  readonly count: number;
  readonly notBeforeMs: number;
}

export interface Limits {
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

/** What each batch got: the bytes of its witness, or why it has none yet. */
export type Recorded = ReadonlyMap<string, Uint8Array | Refusal>;

/** Throws Refusal where the chain as a whole is at fault. */
export async function recordRoots(
  second: SecondChain,
  roots: readonly RootToRecord[],
  limits: Limits,
): Promise<Recorded> {
  try {
    await send(second, await missingOf(second, roots));
    return await untilProven(second, roots, limits);
  } catch (error) {
    throw asRefusal(error);
  }
}

function asRefusal(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const isAway = error instanceof DomainError && error.code === 'chain-unavailable';
  return isAway || isAnswer(error)
    ? new Refusal('unreachable', 'the second chain gives no usable answer', error)
    : error;
}

async function missingOf({ chain, contract }: SecondChain, roots: readonly RootToRecord[]): Promise<RootToRecord[]> {
  const found = await Promise.all(roots.map(({ root }) => batchOf(chain, contract, toHex0x(root))));
  return roots.filter((_, at) => found[at] === undefined);
}

/** The numbers there are that registry's own: each batch takes the next ones. */
async function send(second: SecondChain, missing: readonly RootToRecord[]): Promise<void> {
  const { chain, contract, wallet, network } = second;
  if (missing.length === 0) return;
  const [next, nonce, fees] = await Promise.all([
    nextNumber(chain, contract),
    chain.transactionCount(wallet.address),
    chain.fees(),
  ]);
  const offered = offeredFees(second, nonce, fees);
  let first = next;
  for (const [place, { root, count }] of missing.entries()) {
    const data = anchorData(toHex0x(root), first, count);
    if (place === 0) await requireAllowed(second, data);
    first += BigInt(count);
    const request = { chainId: BigInt(network.chainId), to: contract, data, gasLimit: CALL_GAS_LIMIT, fees: offered };
    const { raw } = signAt(wallet, request, nonce + BigInt(place));
    const answer = await chain.broadcast(raw);
    if (answer.kind === 'refused') throw new Refusal('request-refused', `no node takes it: ${answer.reason}`);
    if (answer.kind === 'unanswered') throw new Refusal('unreachable', 'no node answers');
  }
}

/** What was offered last, per chain: a transaction that is still not mined is replaced by a dearer one. */
const offers = new WeakMap<SecondChain, { nonce: bigint; fees: Fees }>();

function offeredFees(second: SecondChain, nonce: bigint, current: Fees): Fees {
  const last = offers.get(second);
  const isStuck = last?.nonce === nonce && priceOf(current) > 0n;
  const fees = isStuck ? raise(current, last.fees) : current;
  offers.set(second, { nonce, fees });
  return fees;
}

async function requireAllowed({ chain, contract, wallet }: SecondChain, data: string): Promise<void> {
  const why = await simulate(chain, wallet.address, contract, data);
  if (why !== undefined) throw new Refusal('request-refused', `the contract refuses: ${why}`);
}

async function untilProven(
  second: SecondChain,
  roots: readonly RootToRecord[],
  { withinMs, signal }: Limits,
): Promise<Recorded> {
  const until = Date.now() + withinMs;
  const outcomes = new Map<string, Uint8Array | Refusal>();
  for (;;) {
    const open = roots.filter(({ batchId }) => !(outcomes.get(batchId) instanceof Uint8Array));
    for (const [batchId, outcome] of await proofsOf(second, open)) outcomes.set(batchId, outcome);
    const isDone = [...outcomes.values()].every((outcome) => outcome instanceof Uint8Array);
    if (isDone || signal.aborted || Date.now() >= until) return outcomes;
    await pause(POLL_MS, signal);
  }
}

/** At the newest final block of that chain, all in one request. */
async function proofsOf(second: SecondChain, roots: readonly RootToRecord[]): Promise<Recorded> {
  const { chain, network, contract, trust } = second;
  const [registry] = network.registries;
  if (!registry) return new Map();
  const header = await chain.newestFinalHeader();
  const slots = roots.map(({ root }) => toHex0x(batchSlot(root, fromHex(registry.batchesSlot))));
  const { account, slots: nodes } = await chain.stateProof(contract, slots, header.number);
  return new Map(
    roots.map((root, at) => {
      const witness: ChainWitness = {
        kind: 'chain',
        chainId: network.chainId,
        contract,
        headerRlp: toHex0x(header.rlp),
        accountProof: account.map(toHex0x),
        storageProof: (nodes[at] ?? []).map(toHex0x),
      };
      return [root.batchId, judge(witness, root, trust)];
    }),
  );
}

/** As a reader would judge it, whose clock may be 5 minutes behind. */
function judge(witness: ChainWitness, { root, count, notBeforeMs }: RootToRecord, trust: SecondChain['trust']) {
  try {
    const batch = { root: Buffer.from(root).toString('hex'), count };
    const timeMs = Number(verifyChainWitness(witness, batch, trust)) * 1_000;
    const stated = new Date(timeMs).toISOString();
    if (timeMs < notBeforeMs) return new Refusal('witness-time-order', `${stated} is before what it is about`);
    if (timeMs > Date.now() + CLOCK_TOLERANCE_SECONDS * 1_000)
      return new Refusal('witness-in-future', `${stated} is in the future`);
    return canonicalBytes(witness);
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    // A block in which the root does not stand yet is no lie.
    const code = error.code === 'witness-mismatch' ? 'not-recorded' : REFUSALS.find((known) => known === error.code);
    return new Refusal(code ?? 'chain-proof-invalid', error.message, error);
  }
}
