// SPDX-License-Identifier: Apache-2.0
// What is done to the system, one thing at a time: each kind once in random order, then all again.
import { setTimeout as pause } from 'node:timers/promises';
import { freeze, type Part, thaw } from './part.ts';
import type { Random } from './random.ts';
import type { SoakRecord } from './record.ts';
import type { SoakService } from './services.ts';
import type { SoakStand } from './stand.ts';

interface Fault {
  /** As counted in the report. */
  kind: string;
  detail?: string;
  /** Returns once the part or the line is there again. */
  happen(lastsMs: number): Promise<unknown>;
}

/** Ways a network fails: connections break, or nothing comes any more and nobody says so. */
const BREAKS = ['cut', 'hold'] as const;
/** By then whoever was cut off from the database without a word has lost its locks, and another does its work. */
const OUTLASTS_LOCKS_MS = 30_000;
/** How far a clock is set, s: a second of drift, a bad NTP server, a minute and more before and behind. */
const CLOCK_STEPS = [-90, -5, -1, 2, 10, 120];

export interface Havoc {
  /** How often each kind happened. */
  readonly counts: Record<string, number>;
  total(): number;
  /** Goes on until told that it is enough. */
  run(isEnough: () => boolean): Promise<void>;
}

export interface HavocOptions {
  stand: SoakStand;
  record: SoakRecord;
  random: Random;
  /** From the end of one to the beginning of the next, ms: at least and at most. */
  quietMs: readonly [number, number];
  /** For how long a part is away or silent, ms. */
  lastsMs: readonly [number, number];
  /** Of all kinds, those that are wanted. */
  kinds?: RegExp | undefined;
}

export function createHavoc({ stand, record, random, quietMs, lastsMs, kinds = /./ }: HavocOptions): Havoc {
  const counts: Record<string, number> = {};
  return {
    counts,
    total: () => Object.values(counts).reduce((sum, count) => sum + count, 0),
    async run(isEnough) {
      let left: Fault[] = [];
      while (!isEnough()) {
        if (left.length === 0) left = random.shuffled(faultsOf(stand, random).filter(({ kind }) => kinds.test(kind)));
        const fault = left.pop();
        if (!fault) return;
        const lasts = random.between(...lastsMs);
        record.happened(`${fault.kind}${fault.detail ?? ''} (${(lasts / 1_000).toFixed(1)} s)`);
        await fault.happen(lasts);
        counts[fault.kind] = (counts[fault.kind] ?? 0) + 1;
        await pause(random.between(...quietMs));
      }
    },
  };
}

function faultsOf(stand: SoakStand, random: Random): Fault[] {
  const services = [...stand.portals, ...stand.ledgers];
  const freezable = [...services, ...stand.stores, ...(stand.redis ? [stand.redis] : [])];
  return [
    ...stand.parts.filter(({ name }) => !name.startsWith('PostgreSQL')).map((part) => killOf(part.name, () => part)),
    killOf('primary', () => stand.database.primary),
    killOf('standby', () => stand.database.standby),
    { kind: 'fail-over', happen: () => stand.database.failOver() },
    ...freezable.map((part) => ({ kind: `freeze ${part.name}`, happen: (ms: number) => frozen(part, ms) })),
    ...cutsOf(stand, random),
    ...services.map((service) => clockOf(service, random.oneOf(CLOCK_STEPS))),
  ];
}

function killOf(name: string, part: () => Part): Fault {
  return {
    kind: `kill ${name}`,
    happen: async (ms) => {
      const killed = part();
      await killed.kill();
      await pause(ms);
      await killed.start();
    },
  };
}

/** It stays there until the next step. */
function clockOf({ name, setClock }: SoakService, seconds: number): Fault {
  return {
    kind: `set the clock of ${name}`,
    detail: ` ${seconds < 0 ? '' : '+'}${seconds} s from the machine's`,
    happen: async (ms) => {
      setClock(seconds * 1_000);
      await pause(ms);
    },
  };
}

async function frozen(part: Part, ms: number): Promise<void> {
  freeze(part);
  await pause(ms);
  thaw(part);
}

/** All lines from one part to another at once: both lines of a service to the database are one network. */
function cutsOf({ lines }: SoakStand, random: Random): Fault[] {
  const pairs = new Map<string, string[]>();
  for (const name of lines.keys()) {
    if (name.startsWith('all')) continue;
    const pair = name.replace(/PostgreSQL [ab]$/, 'PostgreSQL').replace(/validator \d$/, 'validators');
    pairs.set(pair, [...(pairs.get(pair) ?? []), name]);
  }
  return [...pairs].map(([pair, names]) => {
    const way = random.oneOf(BREAKS);
    const kind = `${way} ${pair}`;
    return {
      kind,
      happen: async (ms: number) => {
        for (const name of names) lines.get(name)?.[way]();
        await pause(ms + (kind.startsWith('hold') && pair.endsWith('PostgreSQL') ? OUTLASTS_LOCKS_MS : 0));
        for (const name of names) lines.get(name)?.mend();
      },
    };
  });
}
