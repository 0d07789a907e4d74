// What an audit asks of a node, and the little of it that is kept so that a block is asked for once.
import type { LogEntry } from './registry-log.ts';

export interface AuditBlock {
  /** 0x word. */
  readonly hash: string;
  /** Undefined where the node's fields do not hash to the block's hash. */
  readonly headerRlp: Uint8Array | undefined;
}

export interface SlotProofs {
  readonly accountProof: readonly Uint8Array[];
  /** For each slot, in the order asked. */
  readonly storageProofs: readonly (readonly Uint8Array[])[];
}

/** A node with a registry. Every method rejects with NodeFailure where the node gives no usable answer. */
export interface AuditNode {
  chainId(): Promise<bigint>;
  newestBlock(): Promise<bigint>;
  /** Undefined where the node has no such block. */
  block(number: bigint): Promise<AuditBlock | undefined>;
  /** Of these blocks, both ends included, in their order. Rejects with NodeFailure `isTooMuch` for too many at once. */
  logs(range: { readonly from: bigint; readonly to: bigint }): Promise<readonly LogEntry[]>;
  /** Slots are 0x words. */
  proofs(slots: readonly string[], block: bigint): Promise<SlotProofs>;
}

export class NodeFailure extends Error {
  override readonly name = 'NodeFailure';
  /** The node may answer a smaller question. */
  readonly isTooMuch: boolean;

  constructor(message: string, { isTooMuch = false, ...options }: ErrorOptions & { isTooMuch?: boolean } = {}) {
    super(message, options);
    this.isTooMuch = isTooMuch;
  }
}

const KEPT_BLOCKS = 1_024;

/** The same node, with the newest answers about blocks kept. */
export function withKeptBlocks(node: AuditNode): AuditNode {
  const kept = new Map<bigint, Promise<AuditBlock | undefined>>();
  return {
    ...node,
    block(number) {
      const known = kept.get(number);
      if (known !== undefined) return known;
      const asked = node.block(number);
      kept.set(number, asked);
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT_BLOCKS) break;
        kept.delete(oldest);
      }
      asked.catch(() => kept.delete(number));
      return asked;
    },
  };
}
