// SPDX-License-Identifier: Apache-2.0
// Several Kubo nodes as one content store: each content is pinned on so many of them, reads go on at another node when one
// fails, and `repair` pins again what a lost node had. The nodes hold nothing else.
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { type ByteRange, type ContentStore, ContentStoreError } from './content-store.ts';
import type { KuboStore } from './kubo-store.ts';

/** A node that did not answer is asked last for so long. */
const AVOIDED_MS = 30_000;

export interface Repair {
  copied: number;
  /** Copies that are still missing, for want of nodes that answer. */
  missing: number;
}

export interface KuboCluster extends ContentStore {
  repair(): Promise<Repair>;
}

export function createKuboCluster(nodes: readonly KuboStore[], copies: number): KuboCluster {
  const failedAt = new Map<KuboStore, number>();
  let turn = 0;
  /** A different one first each time, so that the nodes share the work. */
  const inOrder = (): KuboStore[] => {
    turn += 1;
    const isAvoided = (node: KuboStore) => Date.now() - (failedAt.get(node) ?? Number.NEGATIVE_INFINITY) < AVOIDED_MS;
    const rotated = nodes.map((_, index) => nodes[(index + turn) % nodes.length] as KuboStore); // within bounds
    return [...rotated.filter((node) => !isAvoided(node)), ...rotated.filter(isAvoided)];
  };
  const note = (node: KuboStore, error: unknown) => {
    if (codeOf(error) === 'content-store-unavailable') failedAt.set(node, Date.now());
  };

  return {
    async put(bytes) {
      const order = inOrder();
      const [first, others] = [order.slice(0, copies), order.slice(copies)];
      const { cid, stored } = await putOnEach(first, bytes, note);
      // Somebody has it: where another failed, a further node gets it from there.
      for (const node of others)
        if (stored.length < copies && (await copy(stored[0], node, cid, note))) stored.push(node);
      return cid;
    },
    get: (cid, range) => readFromAny(inOrder(), { cid, range, note }),
    has: (cid) => firstOf(inOrder(), (node) => node.has(cid), note),
    async delete(cid) {
      // Each of them: one that does not answer is asked again by whoever wants it gone.
      const ends = await Promise.allSettled(nodes.map((node) => node.delete(cid)));
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed) throw failed.reason;
    },
    repair: () => repairAll(nodes, copies),
  };
}

type Note = (node: KuboStore, error: unknown) => void;

async function putOnEach(nodes: readonly KuboStore[], bytes: AsyncIterable<Uint8Array>, note: Note) {
  const stored: KuboStore[] = [];
  const failures: unknown[] = [];
  let cid: string | undefined;
  const targets = nodes.map((node) => {
    const stream = new PassThrough();
    stream.on('error', () => undefined);
    const ended = node.put(stream).then(
      (found) => {
        cid = found;
        stored.push(node);
      },
      (error: unknown) => {
        note(node, error);
        failures.push(error);
        stream.destroy();
      },
    );
    return { stream, ended };
  });
  try {
    for await (const piece of bytes) {
      // Streams hold a piece until the slowest node has taken it.
      const own = Uint8Array.from(piece);
      await Promise.all(targets.map(({ stream }) => write(stream, own)));
    }
    for (const { stream } of targets) stream.end();
  } catch (error) {
    for (const { stream } of targets) stream.destroy(error instanceof Error ? error : undefined);
    await Promise.all(targets.map(({ ended }) => ended));
    throw error;
  }
  await Promise.all(targets.map(({ ended }) => ended));
  if (cid === undefined) throw failures[0];
  return { cid, stored };
}

/** Settles when more may come, or when nothing takes it any more. */
async function write(stream: PassThrough, piece: Uint8Array): Promise<void> {
  if (stream.destroyed || stream.write(piece)) return;
  const done = new AbortController();
  const { signal } = done;
  await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]).catch(() => undefined);
  done.abort();
}

async function copy(from: KuboStore | undefined, to: KuboStore, cid: string, note: Note): Promise<boolean> {
  if (!from) return false;
  try {
    return (await to.put(from.get(cid))) === cid;
  } catch (error) {
    note(to, error);
    return false;
  }
}

interface Read {
  cid: string;
  range: ByteRange | undefined;
  note: Note;
}

/** Goes on where the last node stopped. It is lost only when every node says so. */
async function* readFromAny(nodes: readonly KuboStore[], { cid, range, note }: Read): AsyncGenerator<Uint8Array> {
  const failures: unknown[] = [];
  let start = range?.start ?? 0;
  for (const node of nodes) {
    try {
      for await (const piece of node.get(cid, { start, end: range?.end ?? Number.MAX_SAFE_INTEGER })) {
        start += piece.length;
        yield piece;
      }
      return;
    } catch (error) {
      note(node, error);
      failures.push(error);
    }
  }
  const worst = ['cid-malformed', 'content-store-unavailable', 'content-damaged', 'content-missing'] as const;
  const code = worst.find((each) => failures.some((error) => codeOf(error) === each));
  throw failures.find((error) => codeOf(error) === code) ?? failures[0];
}

/** True when one node says so; a node that does not answer might have. */
async function firstOf(
  nodes: readonly KuboStore[],
  ask: (node: KuboStore) => Promise<boolean>,
  note: Note,
): Promise<boolean> {
  let failure: unknown;
  for (const node of nodes) {
    try {
      if (await ask(node)) return true;
    } catch (error) {
      note(node, error);
      failure = error;
    }
  }
  if (failure !== undefined) throw failure;
  return false;
}

async function repairAll(nodes: readonly KuboStore[], copies: number): Promise<Repair> {
  const holders = new Map<string, KuboStore[]>();
  const answering: KuboStore[] = [];
  for (const node of nodes) {
    // One that breaks off says nothing about what it does not have.
    const found = await allPinned(node).catch(() => undefined);
    if (!found) continue;
    answering.push(node);
    for (const cid of found) holders.set(cid, [...(holders.get(cid) ?? []), node]);
  }
  if (answering.length === 0) throw new ContentStoreError('content-store-unavailable');
  const repair = { copied: 0, missing: 0 };
  for (const [cid, have] of holders) {
    const { made, missing } = await repairContent(cid, { have, answering, copies });
    repair.copied += made;
    repair.missing += missing;
  }
  return repair;
}

interface Copies {
  have: readonly KuboStore[];
  answering: readonly KuboStore[];
  copies: number;
}

async function repairContent(cid: string, { have, answering, copies }: Copies) {
  let made = 0;
  for (const node of answering) {
    if (have.length + made >= copies || have.includes(node)) continue;
    if (await copyFromAny(have, node, cid)) made += 1;
  }
  const lacking = Math.max(0, copies - have.length - made);
  // What was deleted meanwhile lacks nothing, and must not come back.
  const isGone = made + lacking > 0 && !(await isOnAny(have, cid));
  if (isGone) await Promise.allSettled(answering.map((node) => node.delete(cid)));
  return isGone ? { made: 0, missing: 0 } : { made, missing: lacking };
}

/** One that does not answer may have it. */
async function isOnAny(nodes: readonly KuboStore[], cid: string): Promise<boolean> {
  const found = await Promise.all(nodes.map((node) => node.has(cid).catch(() => true)));
  return found.includes(true);
}

async function allPinned(node: KuboStore): Promise<string[]> {
  const found: string[] = [];
  for await (const cid of node.pinned()) found.push(cid);
  return found;
}

async function copyFromAny(have: readonly KuboStore[], to: KuboStore, cid: string): Promise<boolean> {
  for (const from of have) if (await copy(from, to, cid, () => undefined)) return true;
  return false;
}

const codeOf = (error: unknown) => (error instanceof ContentStoreError ? error.code : undefined);
