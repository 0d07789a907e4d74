// SPDX-License-Identifier: Apache-2.0
// Verifying one bundle, warm, beside the ECDSA recoveries that it cannot do without; and hostile inputs, which must
// cost neither time nor memory.
import { readFileSync } from 'node:fs';
import v8 from 'node:v8';
import vm from 'node:vm';
import {
  encodeBundle,
  type Header,
  parseBundle,
  parseHeader,
  parseTrustFile,
  verifyBundle,
  verifySeals,
} from '@inkseal/verifier';
import { z } from 'zod';
import { makeValidators } from '../../verifier/vectors/support/chain.ts';
import { makeTrust, makeWorld } from '../../verifier/vectors/support/world.ts';
import { type Figure, median, percentile, round, type Target, takeTurns, timed } from './figure.ts';
import { hostileInputs } from './hostile-inputs.ts';

export interface VerifySize {
  rounds?: number;
  hostileBytes?: number;
  hostileRuns?: number;
}

const VECTORS = new URL('../../verifier/vectors/v1/', import.meta.url);
const MIB = 2 ** 20;
const MOST_VALIDATORS = 64;

v8.setFlagsFromString('--expose-gc');
const collectGarbage: () => void = vm.runInNewContext('gc');

export async function measureVerification(size: VerifySize = {}): Promise<Figure[]> {
  const { rounds = 100, hostileBytes = MIB, hostileRuns = 3 } = size;
  const { bundle, trust } = readVector('good/all-sections');
  const figures = [
    await warmFigure('verification of one bundle, warm', {
      bundle,
      trust,
      rounds,
      target: { on: 'ours', atMost: 20 },
    }),
    await warmFigure(`the same, sealed by ${MOST_VALIDATORS} validators`, {
      ...(await sealedByMost()),
      rounds: Math.ceil(rounds / 10),
      target: { on: 'ratio', atMost: 1.5 },
    }),
  ];
  const costs: Cost[] = [];
  for (const [name, input] of Object.entries(hostileInputs(bundle, hostileBytes))) {
    costs.push({ name, ...(await costOf(input, trust, hostileRuns)) });
  }
  return [...figures, ...hostileFigures(costs, hostileBytes)];
}

interface WarmBundle {
  readonly bundle: Uint8Array;
  readonly trust: Uint8Array;
  readonly rounds: number;
  readonly target: Target;
}

async function warmFigure(name: string, { bundle, trust, rounds, target }: WarmBundle): Promise<Figure> {
  const recover = recoveriesOf(bundle, trust);
  const ours = async () => {
    const { verdict } = await verifyBundle(bundle, { trust });
    if (verdict !== 'verified') throw new RangeError(`the bundle is ${verdict}`);
  };
  await takeTurns(Math.ceil(rounds / 4), { ours });
  const times = await takeTurns(rounds, { ours, bare: recover });
  return {
    name,
    unit: 'ms',
    ours: round(median(times.ours), 2),
    peer: { name: `its ${recover()} ECDSA recoveries alone`, value: round(median(times.bare), 2) },
    comparison: 'cost',
    target,
    details: { rounds, bytes: bundle.length, p99Ms: round(percentile(times.ours, 99)) },
  };
}

/** A network as large as a trust file may name: what a bundle costs there is the reader's choice, not the bundle's. */
async function sealedByMost(): Promise<Pick<WarmBundle, 'bundle' | 'trust'>> {
  const world = await makeWorld({ validators: makeValidators('bench', MOST_VALIDATORS) });
  return { bundle: encodeBundle(world.bundle), trust: Buffer.from(JSON.stringify(makeTrust(world))) };
}

const indexSchema = z.object({
  cases: z.array(z.object({ name: z.string(), file: z.string(), trust: z.string().optional() })),
});

function readVector(name: string): { bundle: Buffer; trust: Buffer } {
  const read = (file: string) => readFileSync(new URL(file, VECTORS));
  const { cases } = indexSchema.parse(JSON.parse(read('index.json').toString()));
  const found = cases.find((one) => one.name === name);
  if (!found?.trust) throw new RangeError(`no vector ${name} with a trust file`);
  return { bundle: read(found.file), trust: read(found.trust) };
}

/** Recovers every seal of the bundle's three headers, and answers how many that were. */
function recoveriesOf(bundle: Uint8Array, trust: Uint8Array): () => number {
  const { notBefore, anchor, status } = parseBundle(bundle);
  const [set] = parseTrustFile(trust).networks[0]?.validatorSets ?? [];
  const trusted = (set?.validators ?? []).map(({ address }) => address);
  const headers = [notBefore, anchor, status].flatMap((part): Header[] =>
    part ? [parseHeader(Buffer.from(part.headerRlp.slice(2), 'hex'))] : [],
  );
  return () => headers.reduce((count, header) => count + verifySeals(header, trusted).length, 0);
}

interface Cost {
  name: string;
  ms: number;
  /** Heap growth. */
  mb: number;
}

function hostileFigures(costs: readonly Cost[], bytes: number): Figure[] {
  const slowest = costs.toSorted((a, b) => b.ms - a.ms)[0] ?? { name: '', ms: Number.NaN };
  const largest = costs.toSorted((a, b) => b.mb - a.mb)[0] ?? { name: '', mb: Number.NaN };
  const inputName = `${round(bytes / MIB, 2)} MiB`;
  return [
    {
      name: `slowest of ${costs.length} hostile inputs, ${inputName}`,
      unit: 'ms',
      ours: round(slowest.ms),
      comparison: 'cost',
      target: { on: 'ours', atMost: 100 },
      details: { slowest: slowest.name, ...Object.fromEntries(costs.map(({ name, ms }) => [name, `${round(ms)} ms`])) },
    },
    {
      name: 'most heap that one of them took',
      unit: 'MB',
      ours: round(largest.mb),
      peer: { name: 'the input itself', value: round(bytes / 1e6, 2) },
      comparison: 'cost',
      target: { on: 'ours', atMost: 64 },
      details: { largest: largest.name, ...Object.fromEntries(costs.map(({ name, mb }) => [name, `${round(mb)} MB`])) },
    },
  ];
}

/** Warm time, and the heap in use at the end of a run before anything is collected. */
async function costOf(input: Uint8Array, trust: Uint8Array, runs: number): Promise<Omit<Cost, 'name'>> {
  const times: number[] = [];
  const growths: number[] = [];
  const verify = () => verifyBundle(input, { trust });
  await verify();
  for (let run = 0; run < runs; run += 1) {
    collectGarbage();
    const before = heapInUse();
    times.push(await timed(verify));
    growths.push(heapInUse() - before);
  }
  return { ms: median(times), mb: Math.max(...growths) / 1e6 };
}

function heapInUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
