// The registry's state as a node proves it: under a header that the trusted validators signed, each header judged once.
import { type Header, parseHeader } from '../chain/header.ts';
import { verifyAccountProof, verifyStorageProof } from '../chain/state-proof.ts';
import { requireCode, sealersOf } from '../checks/chain-view.ts';
import { type Captured, capture, unwrap } from '../checks/run.ts';
import { fromHex } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import type { TrustedNetwork, TrustedRegistry, TrustFile } from '../trust/trust-file.ts';
import { type AuditBlock, type AuditNode, NodeFailure } from './audit-node.ts';

/** The registry that is audited, as the trust file names it. */
export interface AuditTarget {
  readonly trust: TrustFile;
  readonly network: TrustedNetwork;
  readonly registry: TrustedRegistry;
}

export interface ProvenState {
  /** Of the same block every time. Rejects with VerificationError for a header that nobody backs, NodeFailure for none. */
  header(block: bigint): Promise<Header>;
  /** What the slots (0x words) hold at a block; a slot whose proof does not hold is its error. Rejects as `header` does. */
  words(slots: readonly string[], block: bigint): Promise<Captured<bigint>[]>;
}

export function provenState(node: AuditNode, { network, registry }: AuditTarget): ProvenState {
  const judged = new WeakMap<AuditBlock, Captured<Header>>();

  async function header(number: bigint): Promise<Header> {
    const block = await node.block(number);
    if (!block) throw new NodeFailure(`the node has no block ${number}`);
    const known = judged.get(block) ?? capture(() => judgeBlock(block, number, network));
    judged.set(block, known);
    return unwrap(known);
  }

  async function words(slots: readonly string[], block: bigint): Promise<Captured<bigint>[]> {
    const { stateRoot } = await header(block);
    const { account, storageProofs } = await proven({ slots, block, stateRoot }, ANSWERS);
    requireCode(registry, account);
    const { storageRoot } = account;
    return slots.map((slot, place) =>
      capture(() => verifyStorageProof({ storageRoot, slot: fromHex(slot), nodes: storageProofs[place] ?? [] })),
    );
  }

  async function proven(asked: { slots: readonly string[]; block: bigint; stateRoot: Uint8Array }, answers: number) {
    const { accountProof, storageProofs } = await node.proofs(asked.slots, asked.block);
    const account = capture(() =>
      verifyAccountProof({ stateRoot: asked.stateRoot, address: fromHex(registry.address), nodes: accountProof }),
    );
    if ('error' in account && answers > 1) return proven(asked, answers - 1);
    return { account: unwrap(account), storageProofs };
  }

  return { header, words };
}

/** A node that makes its next block at this moment may prove the state after that one instead: it is asked again. */
const ANSWERS = 3;

function judgeBlock({ headerRlp }: AuditBlock, number: bigint, network: TrustedNetwork): Header {
  if (!headerRlp) {
    const found = 'a header that hashes to another value';
    throw new VerificationError('header-malformed', 'the block is not what its hash says', { found });
  }
  const header = parseHeader(headerRlp, network.consensus);
  if (header.number !== number) {
    const numbers = { expected: String(number), found: String(header.number) };
    throw new VerificationError('header-not-on-chain', 'the node gave another block', numbers);
  }
  if (network.consensus === 'qbft') sealersOf(network, header, undefined);
  return header;
}
