// SPDX-License-Identifier: Apache-2.0
// The content store of a production site: a Kubo node over its HTTP RPC. Content is pinned while a row names it.
import { create } from 'kubo-rpc-client';
import { parseCid } from './cid.ts';
import { type ByteRange, type ContentStore, ContentStoreError, UNIXFS } from './content-store.ts';

/** Said with every `add`, so that the node's own `Import` settings cannot give our bytes another CID. */
const ADD_OPTIONS = {
  cidVersion: UNIXFS.cidVersion,
  rawLeaves: UNIXFS.rawLeaves,
  chunker: `size-${UNIXFS.leafSize}`,
  trickle: false,
  wrapWithDirectory: false,
  hashAlg: 'sha2-256',
  pin: true,
  // Not in the client's types, but sent as they stand: no inlining, and the width of the tree.
  inline: false,
  maxFileLinks: UNIXFS.maxLinks,
} as const;

/** A pinned block that is gone is damage. Looking for it on the network would keep the reader waiting for nothing. */
const LOCAL_ONLY = { offline: true } as const;
/** A node that is silent for longer counts as unavailable: it may have accepted the connection and never answer. */
const SILENT_MS = 30_000;

export interface KuboStore extends ContentStore {
  /** All that the node keeps. */
  pinned(): AsyncIterable<string>;
}

export function createKuboStore(rpcUrl: string, silentMs = SILENT_MS): KuboStore {
  const kubo = create({ url: rpcUrl });
  const inTime = () => ({ signal: AbortSignal.timeout(silentMs) });
  const isPinned = async (cid: string) => {
    try {
      for await (const _ of kubo.pin.ls({ paths: parseCid(cid), type: 'recursive', ...inTime() })) return true;
      return false;
    } catch (error) {
      if (isNotPinned(error)) return false;
      throw translated(error);
    }
  };

  return {
    async put(bytes) {
      // A source that fails must show its own error; the node's request only sees a body that broke off.
      const node = patience(silentMs);
      const source = watched(bytes, node);
      try {
        const { cid } = await kubo.add({ content: source.bytes }, { ...ADD_OPTIONS, signal: node.signal });
        return cid.toString();
      } catch (error) {
        throw source.failure() ?? translated(error);
      } finally {
        node.isOurTurn();
      }
    },
    get: (cid, range) => read(cid, range),
    pinned: listed,
    has: isPinned,
    async delete(cid) {
      await kubo.pin.rm(parseCid(cid), { recursive: true, ...inTime() }).catch((error: unknown) => {
        if (!isNotPinned(error)) throw translated(error);
      });
    },
  };

  async function* listed(): AsyncGenerator<string> {
    const node = patience(silentMs);
    try {
      for await (const { cid } of kubo.pin.ls({ type: 'recursive', signal: node.signal })) {
        node.isOurTurn();
        yield cid.toString();
        node.isItsTurn();
      }
    } catch (error) {
      throw translated(error);
    } finally {
      node.isOurTurn();
    }
  }

  /** The node answers, pins the content and cannot read it: a block is gone or on a bad sector. */
  async function readFailure(error: unknown, cid: string): Promise<ContentStoreError> {
    const isAnswer = error instanceof Error && error.name === 'HTTPError';
    return isAnswer && (await isPinned(cid)) ? new ContentStoreError('content-damaged', error) : translated(error);
  }

  async function* read(cid: string, range: ByteRange | undefined): AsyncIterable<Uint8Array> {
    // Without this, a node that lacks the content would look for it on its network until the caller gives up.
    if (!(await isPinned(cid))) throw new ContentStoreError('content-missing');
    const window = range && { offset: range.start, length: Math.max(0, range.end - range.start) };
    // Kubo reads "length 0" as "to the end".
    if (window?.length === 0) return;
    const node = patience(silentMs);
    try {
      for await (const piece of kubo.cat(parseCid(cid), { ...window, ...LOCAL_ONLY, signal: node.signal })) {
        node.isOurTurn();
        yield piece;
        node.isItsTurn();
      }
    } catch (error) {
      throw await readFailure(error, cid);
    } finally {
      node.isOurTurn();
    }
  }
}

interface Patience {
  /** Aborted when the node had its turn for too long. */
  readonly signal: AbortSignal;
  isItsTurn(): void;
  isOurTurn(): void;
}

/** It is the node's turn at first. How long a whole transfer takes, and how slow we are ourselves, does not matter. */
function patience(silentMs: number): Patience {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const isOurTurn = () => clearTimeout(timer);
  const isItsTurn = () => {
    isOurTurn();
    timer = setTimeout(() => controller.abort(), silentMs);
  };
  isItsTurn();
  return { signal: controller.signal, isItsTurn, isOurTurn };
}

/** The bytes on their way to the node: while it takes none, it is its turn. */
function watched(bytes: AsyncIterable<Uint8Array>, node: Patience) {
  let failure: unknown;
  async function* passing() {
    try {
      node.isOurTurn();
      for await (const piece of bytes) {
        node.isItsTurn();
        // Requests hold pieces until they are sent.
        yield Uint8Array.from(piece);
        node.isOurTurn();
      }
      node.isItsTurn();
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return { bytes: passing(), failure: () => failure };
}

function isNotPinned(error: unknown): boolean {
  return error instanceof Error && /not pinned/i.test(error.message);
}

function translated(error: unknown): ContentStoreError {
  return error instanceof ContentStoreError ? error : new ContentStoreError('content-store-unavailable', error);
}
