// SPDX-License-Identifier: Apache-2.0
// The invariants, looked at all the time by somebody who takes no part: through nginx as the public does, at the chain, in
// the payment provider's own book, and in the portal's tables.
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { bookOf, OWN_BOOK } from '../chaos/money-rules.ts';
import { anchoredRanges, gapsIn, registryOf } from '../chaos/truth.ts';
import { SoakClient } from './client.ts';
import type { Certified } from './order-walk.ts';
import type { Random } from './random.ts';
import type { SoakRecord } from './record.ts';
import type { SoakStand } from './stand.ts';

export const INVARIANTS = {
  lookups: 'look-ups are never false',
  numbers: 'numbers are contiguous',
  money: 'money in is kept or back',
  single: 'no order has two certificates',
  rules: 'nothing is certified that was not paid',
} as const;

/** Of money, at every moment, and not only once all is settled. */
const UNPAID_CERTIFICATE = `SELECT 'certificate ' || number AS found FROM certificate c WHERE attestation_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.attestation_id = c.attestation_id AND p.settles_order AND p.state = 'PAID')`;
const TWO_CERTIFICATES = `SELECT attestation_id::text AS found FROM certificate WHERE attestation_id IS NOT NULL
  GROUP BY attestation_id HAVING count(*) > 1`;
/** No registry of a soak gets there. */
const NEVER_ISSUED = 200_000_000_000_000_000n;
const LOOK_EVERY_MS = 500;
const DEEP_EVERY_MS = 8_000;

export interface Watch {
  /** Ends after the look that is under way. */
  stop(): Promise<void>;
}

interface Watched {
  stand: SoakStand;
  record: SoakRecord;
  random: Random;
  certified: readonly Certified[];
}

export function startWatch(watched: Watched): Watch {
  const stopping = new AbortController();
  const repeat = async (look: (watched: Watched) => Promise<unknown>, everyMs: number) => {
    while (!stopping.signal.aborted) {
      // What is away cannot be looked at: the next turn does.
      await look(watched).catch(() => undefined);
      await pause(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const looks = [
    repeat(lookUp, LOOK_EVERY_MS),
    repeat(lookAtNumbers, DEEP_EVERY_MS),
    repeat(lookAtMoney, DEEP_EVERY_MS),
    repeat(lookAtRules, DEEP_EVERY_MS),
  ];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(looks);
    },
  };
}

/** What is certified is found, by number and by file, and nothing else is. */
async function lookUp({ stand, record, random, certified }: Watched): Promise<void> {
  const visitor = new SoakClient(stand.url);
  const ask = async (place: string, isRight: (status: number, body: Found) => boolean) => {
    const startedAt = Date.now();
    const { status, body } = await visitor.get(place);
    if (status >= 500 || status === 429) return record.looked('look-ups that had to be repeated');
    record.took('look-up', Date.now() - startedAt, 0);
    record.looked(INVARIANTS.lookups);
    if (!isRight(status, body))
      record.fault(INVARIANTS.lookups, `${place}: ${status} ${JSON.stringify(body)}`.slice(0, 300));
  };
  const nobodys = createHash('sha256').update(randomUUID()).digest('hex');
  await ask(`/lookup/${NEVER_ISSUED + BigInt(random.between(0, 10 ** 9))}`, (status) => status === 404);
  await ask(`/lookup?fileSha256=${nobodys}`, (status, { matches }) => status === 200 && matches?.length === 0);
  if (certified.length === 0) return;
  const { number, fileSha256 } = random.oneOf(certified);
  await ask(`/lookup/${number}`, (status, body) => status === 200 && body.number === number && body.status === 'final');
  await ask(
    `/lookup?fileSha256=${fileSha256}`,
    (status, { matches }) => status === 200 && matches?.some((match) => match.number === number) === true,
  );
}

interface Found {
  number?: string;
  status?: string;
  matches?: { number: string }[];
}

export async function lookAtNumbers({ stand, record }: Pick<Watched, 'stand' | 'record'>): Promise<number> {
  const trust = await (await fetch(`${stand.ledgers[0]?.url}/v1/trust`, { signal: AbortSignal.timeout(5_000) })).text();
  const up = stand.chain.nodes.findIndex((node) => node.pid() !== undefined);
  const ranges = await anchoredRanges(stand.chain.urls[up] ?? '', registryOf(trust));
  record.looked(INVARIANTS.numbers);
  for (const gap of gapsIn(ranges)) record.fault(INVARIANTS.numbers, gap);
  return Number(ranges.reduce((sum, { count }) => sum + count, 0n));
}

/** The provider knows of everything first. */
async function lookAtMoney({ stand, record }: Watched): Promise<void> {
  const [own] = await stand.database.query('portal', OWN_BOOK);
  const provider = bookOf(stand.dataFolder);
  record.looked(INVARIANTS.money);
  const [taken, back] = [Number(own?.taken), Number(own?.back)];
  if (taken > provider.taken || back > provider.back)
    record.fault(
      INVARIANTS.money,
      `the portal has ${taken} and gave back ${back}, the provider ${JSON.stringify(provider)}`,
    );
}

async function lookAtRules({ stand, record }: Watched): Promise<void> {
  const rules = [
    [INVARIANTS.rules, UNPAID_CERTIFICATE],
    [INVARIANTS.single, TWO_CERTIFICATES],
  ] as const;
  for (const [invariant, sql] of rules) {
    const rows = await stand.database.query('portal', sql);
    record.looked(invariant);
    for (const { found } of rows) record.fault(invariant, String(found));
  }
}
