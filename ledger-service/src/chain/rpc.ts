// SPDX-License-Identifier: Apache-2.0
// Several nodes as one: reads go to a node that is up and not behind, broadcasts go to all of them. A node that dies or
// hangs costs one short wait, then the others are asked first until it answers again.
import { DomainError } from '../errors.ts';
import { createNode, NodeUnreachableError, RpcError, type RpcNode } from './node.ts';
import { MalformedAnswerError, readCount } from './readings.ts';

/** A slower answer than this makes the next node be asked too; the first good answer counts. */
const HEDGE_MS = 250;
const TIMEOUT_MS = 4_000;
/** How long a node that failed is asked only when no other answers. A probe brings it back earlier. */
const AVOID_MS = 5_000;

export interface Rpc {
  /**
   * The answer of the first node that gives one that `reading` can read and that is accepted; else any that it can read,
   * so that "undefined everywhere" is an answer.
   */
  read<T>(
    method: string,
    params: readonly unknown[],
    reading: (answer: unknown) => T,
    isAccepted?: (answer: T) => boolean,
  ): Promise<T>;
  /** The highest of the numbers that healthy nodes answer. */
  highest(method: string, params: readonly unknown[], what: string): Promise<bigint>;
  /** The highest block that any healthy node reports. */
  head(): Promise<bigint>;
  /** To every node; one answer each. */
  toAll(method: string, params: readonly unknown[]): Promise<unknown>[];
}

export function createRpc(urls: readonly string[]): Rpc {
  const nodes = urls.map((url) => createNode(url, TIMEOUT_MS));
  return {
    read: (method, params, reading, isAccepted = (answer) => answer !== undefined) =>
      hedgedRead(preferred(nodes), { method, params, reading, isAccepted }),
    highest: (method, params, what) =>
      highestOf(preferred(nodes), COUNT_GRACE_MS, async (node) => readCount(await ask(node, method, params), what)),
    head: () => highestHead(nodes),
    toAll: (method, params) => nodes.map((node) => ask(node, method, params)),
  };
}

/** Healthy nodes, the furthest first; all nodes when none is healthy. Nodes whose time is up are probed aside. */
function preferred(nodes: readonly RpcNode[]): RpcNode[] {
  const now = Date.now();
  for (const node of nodes) if (node.avoidUntil !== 0 && node.avoidUntil <= now) probe(node);
  const healthy = nodes.filter((node) => node.avoidUntil === 0);
  const candidates = healthy.length > 0 ? healthy : [...nodes];
  return candidates.toSorted((a, b) => (a.head === b.head ? 0 : a.head > b.head ? -1 : 1));
}

function probe(node: RpcNode): void {
  node.avoidUntil = Date.now() + AVOID_MS;
  ask(node, 'eth_blockNumber', []).then(
    (answer) => noteHead(node, answer),
    () => undefined,
  );
}

/** Asks one node and keeps its health: any answer, even an error, makes it healthy. */
async function ask(node: RpcNode, method: string, params: readonly unknown[]): Promise<unknown> {
  const slow = setTimeout(() => avoid(node), 2 * HEDGE_MS);
  try {
    const answer = await node.call(method, params);
    node.avoidUntil = 0;
    return answer;
  } catch (error) {
    if (error instanceof NodeUnreachableError) avoid(node);
    else node.avoidUntil = 0;
    throw error;
  } finally {
    clearTimeout(slow);
  }
}

function avoid(node: RpcNode): void {
  node.avoidUntil = Date.now() + AVOID_MS;
}

interface ReadRequest<T> {
  method: string;
  params: readonly unknown[];
  reading: (answer: unknown) => T;
  isAccepted: (answer: T) => boolean;
}

/** Asks the nodes one after another, the next one early when the last is slow. */
function hedgedRead<T>(nodes: readonly RpcNode[], request: ReadRequest<T>): Promise<T> {
  const { method, params, reading, isAccepted } = request;
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let started = 0;
  let pending = 0;
  let fallback: { answer: T } | undefined;
  let failure: unknown;
  let hedge: NodeJS.Timeout | undefined;

  async function askOne(node: RpcNode): Promise<void> {
    try {
      const answer = reading(await ask(node, method, params));
      if (isAccepted(answer)) resolve(answer);
      else fallback = { answer };
    } catch (error) {
      if (error instanceof RpcError && error.isRevert) reject(error);
      else failure = moreTelling(failure, error);
    }
  }

  function startNext(): void {
    clearTimeout(hedge);
    const node = nodes[started];
    if (node) {
      started += 1;
      pending += 1;
      hedge = setTimeout(startNext, HEDGE_MS);
      void askOne(node).then(() => {
        pending -= 1;
        startNext();
      });
    } else if (pending === 0) {
      // Settling twice changes nothing: after an accepted answer this has no effect.
      if (fallback) resolve(fallback.answer);
      else reject(readFailure(failure));
    }
  }

  startNext();
  return promise.finally(() => {
    clearTimeout(hedge);
    started = nodes.length;
  });
}

/** A node's own error says more than an answer that cannot be read, and that more than silence. */
function moreTelling(one: unknown, other: unknown): unknown {
  const rank = (error: unknown) => (error instanceof RpcError ? 2 : error instanceof MalformedAnswerError ? 1 : 0);
  return one === undefined || rank(other) > rank(one) ? other : one;
}

/** Silence everywhere is the chain being down. */
function readFailure(failure: unknown): Error {
  if (failure instanceof RpcError || failure instanceof MalformedAnswerError) return failure;
  return new DomainError('chain-unavailable', {}, { cause: failure });
}

async function highestHead(nodes: readonly RpcNode[]): Promise<bigint> {
  const asked = preferred(nodes);
  const first = await highestOf(asked, GRACE_MS, async (node) =>
    noteHead(node, await ask(node, 'eth_blockNumber', [])),
  );
  const heads = asked.filter((node) => node.avoidUntil === 0).map((node) => node.head);
  return heads.reduce(max, first);
}

/** Asks all of them; a slow one is not waited for once another has answered. */
async function highestOf(
  nodes: readonly RpcNode[],
  graceMs: number,
  question: (node: RpcNode) => Promise<bigint>,
): Promise<bigint> {
  let highest = 0n;
  const answers = nodes.map(async (node) => {
    const answer = await question(node);
    // Compared after waiting: another node may have answered meanwhile.
    highest = max(highest, answer);
  });
  const all = Promise.allSettled(answers);
  await Promise.any(answers).catch((error: unknown) => {
    throw readFailure(error instanceof AggregateError ? error.errors.reduce(moreTelling, undefined) : error);
  });
  await Promise.race([all, grace(graceMs)]);
  return highest;
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** How long the others may take once one node has answered, in ms. */
const GRACE_MS = 30;

/** The same for a number that is rarely asked for, and that one node may get wrong. */
const COUNT_GRACE_MS = 1_000;

const grace = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

function noteHead(node: RpcNode, answer: unknown): bigint {
  node.head = readCount(answer, 'blockNumber');
  return node.head;
}
