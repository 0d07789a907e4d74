// SPDX-License-Identifier: Apache-2.0
// The largest batch: leaf hashes, tree and every inclusion proof, in its own process whose peak memory is read at
// the end, beside the bare SHA-256 calls that this takes.
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buildTree, encodeStatement, HASH_SIZE, leafHash, MAX_LEAVES, type Statement } from '@inkseal/verifier';
import { z } from 'zod';
import { type Figure, round, timed } from './figure.ts';

const CHUNK_SIZE = 2_048;

export interface LargeTreeSize {
  leaves?: number;
}

const measuredSchema = z.object({
  /** Writing the statements that are hashed; not part of the figure. */
  statementsMs: z.number(),
  leavesMs: z.number(),
  treeMs: z.number(),
  proofsMs: z.number(),
  /** CPU time of all this, whatever else the machine did meanwhile. */
  cpuMs: z.number(),
  peakMb: z.number(),
  bareMs: z.number(),
});
type Measured = z.output<typeof measuredSchema>;

export async function measureLargeTree({ leaves = MAX_LEAVES }: LargeTreeSize = {}): Promise<Figure[]> {
  const args = ['--disable-warning=ExperimentalWarning', import.meta.filename, String(leaves)];
  const measured = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  const { statementsMs, leavesMs, treeMs, proofsMs, cpuMs, peakMb, bareMs } = measuredSchema.parse(measured);
  return [
    {
      name: `tree and all proofs, ${leaves} leaves`,
      unit: 's',
      ours: round((leavesMs + treeMs + proofsMs) / 1000, 2),
      peer: { name: `${2 * leaves} bare SHA-256 calls`, value: round(bareMs / 1000, 2) },
      comparison: 'cost',
      target: { on: 'ours', atMost: 10 },
      details: {
        leavesMs: round(leavesMs),
        treeMs: round(treeMs),
        proofsMs: round(proofsMs),
        cpuMs: round(cpuMs),
        statementsMs: round(statementsMs),
      },
    },
    {
      name: 'peak memory of it',
      unit: 'MB',
      ours: round(peakMb, 0),
      peer: { name: 'leaves and nodes, 32 bytes each', value: round((3 * leaves * HASH_SIZE) / 1e6, 0) },
      comparison: 'cost',
      target: { on: 'ours', atMost: 800 },
      details: { leaves },
    },
  ];
}

async function measureHere(count: number): Promise<Measured> {
  const startedAt = process.cpuUsage();
  const { leaves, statementsMs, leavesMs } = await hashLeaves(count);
  let tree = buildTree(leaves.subarray(0, HASH_SIZE), sha256);
  const treeMs = await timed(() => {
    tree = buildTree(leaves, sha256);
  });
  const proofsMs = await timed(() => {
    for (let index = 0; index < count; index += 1) tree.inclusionPath(index);
  });
  const { user, system } = process.cpuUsage(startedAt);
  const cpuMs = (user + system) / 1000;
  const peakMb = peakMemory() / 1e6;
  const bareMs = await timed(() => bareCalls(count));
  return { statementsMs, leavesMs, treeMs, proofsMs, cpuMs, peakMb, bareMs };
}

/** In chunks, as the ledger does it: all the statements at once would take 400 MB. */
async function hashLeaves(count: number) {
  const leaves = new Uint8Array(count * HASH_SIZE);
  let [statementsMs, leavesMs] = [0, 0];
  for (let start = 0; start < count; start += CHUNK_SIZE) {
    let chunk: Uint8Array[] = [];
    statementsMs += await timed(() => {
      const length = Math.min(CHUNK_SIZE, count - start);
      chunk = Array.from({ length }, (_, index) => encodeStatement(statementOf(start + index)));
    });
    leavesMs += await timed(() => {
      chunk.forEach((statement, index) => {
        leaves.set(leafHash(statement, sha256), (start + index) * HASH_SIZE);
      });
    });
  }
  return { leaves, statementsMs, leavesMs };
}

function sha256(message: Uint8Array): Uint8Array {
  return hash('sha256', message, 'buffer');
}

function statementOf(index: number): Statement {
  return {
    v: 1,
    registry: { chainId: '7788', contract: `0x${'22'.repeat(20)}` },
    number: String(100_000_000_000_000_001n + BigInt(index)),
    kind: 'attestation',
    sha256: index.toString(16).padStart(64, '0'),
    receivedAt: '2026-11-22T05:00:00.123Z',
    notBefore: { block: '1234', hash: `0x${'11'.repeat(32)}` },
  };
}

/** One call per leaf, over bytes as long as a statement, and one per inner node. */
function bareCalls(count: number): void {
  const leaf = new Uint8Array(1 + encodeStatement(statementOf(0)).length);
  const node = new Uint8Array(1 + 2 * HASH_SIZE);
  for (let index = 0; index < count; index += 1) {
    sha256(leaf);
    sha256(node);
  }
}

/** Bytes. Linux counts what the parent had against a child in maxRSS, so its own count is taken where there is one. */
function peakMemory(): number {
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kib) return Number(kib) * 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}

if (import.meta.main) console.log(JSON.stringify(await measureHere(Number(process.argv[2]))));
