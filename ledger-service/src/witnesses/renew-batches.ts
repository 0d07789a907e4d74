// SPDX-License-Identifier: Apache-2.0
// Renews the tokens of batches before their certificates end: a new token over the registry, the root and every token before it. All
// it knows is in the rows, so it may be cut short anywhere and run again; what it asks for late costs nothing but time.
import { pause } from '@inkseal/service-kit';
import { canonicalBytes, fromBase64, fromHex, parseHeader, type Witness } from '@inkseal/verifier';
import { type JudgedToken, judgeToken, readAuthorities } from '@inkseal/verifier/timestamp';
import type { Ledger } from '../ledger.ts';
import type { Authority } from './authority.ts';
import { type Obtained, obtainToken } from './obtain-token.ts';
import { Refusal } from './refusal.ts';
import { type AgeingBatch, findAgeing, MAX_WITNESSES, storeRenewal, witnessesOf } from './renewals.sql.ts';
import { NEVER } from './witnesses.sql.ts';

/** Batches that are looked at together. */
const PAGE = 50;

export interface RenewalRule {
  /** How long before the end of a certificate, ms; 0 renews for none. */
  readonly beforeMs: number;
  /** Tokens that were stored by then are renewed whatever their certificates say. */
  readonly until?: Date;
}

export interface RenewalPace {
  readonly askWithinMs: number;
  readonly sweepMs: number;
  /** From a refusal by every authority to the next attempt; twice as long after each, up to the longest. */
  readonly retryMs: number;
  readonly longestRetryMs: number;
}

const PACE: RenewalPace = { askWithinMs: 10_000, sweepMs: 10_000, retryMs: 5_000, longestRetryMs: 3_600_000 };

export interface Renewing {
  /** Ends what is asked at this moment, and settles when nothing runs any more. */
  stop(): Promise<void>;
}

export interface RenewingOptions {
  readonly ledger: RenewedLedger;
  /** Asked in this order: the first that gives a good token renews the batch. */
  readonly authorities: readonly Authority[];
  readonly rule: RenewalRule;
  readonly pace?: RenewalPace;
}

type RenewedLedger = Pick<Ledger, 'database' | 'registry' | 'observer' | 'log' | 'news' | 'onStage'> & {
  readonly chain: Pick<Ledger['chain'], 'consensus'>;
};

export function startRenewing({ ledger, authorities, rule, pace = PACE }: RenewingOptions): Renewing {
  const stopping = new AbortController();
  const { signal } = stopping;
  const work = { ledger, authorities, rule, pace, signal };

  async function serve(): Promise<void> {
    let after = '0';
    let refusals = 0;
    while (!signal.aborted) {
      const swept = await sweep(work, after).catch((error: unknown) => {
        if (!signal.aborted) noteFailure(ledger, error);
        return { last: undefined, isRefused: false };
      });
      after = swept.last ?? '0';
      refusals = swept.isRefused ? refusals + 1 : 0;
      const retryMs = Math.min(pace.longestRetryMs, pace.retryMs * 2 ** Math.min(refusals - 1, 20));
      if (swept.isRefused) await pause(retryMs, signal);
      else if (swept.last === undefined) await pause(pace.sweepMs, signal);
    }
  }

  const isWanted = authorities.length > 0 && (rule.beforeMs > 0 || rule.until !== undefined);
  const served = isWanted ? serve() : Promise.resolve();
  return {
    async stop() {
      stopping.abort();
      await served;
    },
  };
}

interface Work extends Required<RenewingOptions> {
  readonly signal: AbortSignal;
}

/** Answers the last batch of a full page; undefined at the end. One that every authority refuses ends the page. */
async function sweep(work: Work, after: string): Promise<{ last: string | undefined; isRefused: boolean }> {
  const { ledger, rule } = work;
  const age = {
    expiresUntil: new Date(rule.beforeMs > 0 ? Date.now() + rule.beforeMs : 0),
    storedUntil: rule.until ?? new Date(0),
  };
  const batches = await findAgeing(ledger.database.prisma, { ...age, after, limit: PAGE });
  for (const batch of batches) {
    if (work.signal.aborted) break;
    if (!(await renew(work, batch))) return { last: batch.batch_id, isRefused: true };
  }
  ledger.news.isOver('renewing');
  return { last: batches.length === PAGE ? batches.at(-1)?.batch_id : undefined, isRefused: false };
}

interface Judged extends Pick<JudgedToken, 'timeMs' | 'expiresMs'> {
  readonly witness: Witness;
}

/** False where every authority refused. */
async function renew(work: Work, batch: AgeingBatch): Promise<boolean> {
  const { ledger, rule } = work;
  const judged = await judgeAll(work, batch);
  await noteExpiries(ledger, batch, judged);
  const lastRenewal = judged.findLastIndex(({ witness }) => witness.kind === 'renewal');
  const uncovered = judged.slice(Math.max(lastRenewal, 0));
  const expiresMs = Math.min(...uncovered.map((one) => one.expiresMs));
  const isAgeing = rule.beforeMs > 0 && expiresMs <= Date.now() + rule.beforeMs;
  if (!isAgeing && !batch.is_old) return true;
  if (judged.length >= MAX_WITNESSES) {
    if (ledger.news.isNew(`full ${batch.batch_id}`, 'full'))
      ledger.log.error({ batchId: batch.batch_id }, 'a bundle has no place for another renewal');
    return true;
  }
  // Under an authority whose certificate ends no later, nothing would be gained.
  return askEach(work, { batch, judged, expiresAfterMs: batch.is_old ? 0 : expiresMs });
}

function messageOf({ registry }: RenewedLedger, { root }: AgeingBatch, witnesses: readonly Witness[]): Uint8Array {
  const { chainId, address: contract } = registry;
  return canonicalBytes({
    registry: { chainId: String(chainId), contract },
    root: Buffer.from(root).toString('hex'),
    witnesses,
  });
}

async function judgeAll({ ledger, authorities }: Work, batch: AgeingBatch): Promise<Judged[]> {
  const trusted = readAuthorities(authorities.map(({ certificate }) => certificate));
  const witnesses = witnessesOf(batch);
  return Promise.all(
    witnesses.map(async (witness, place) => {
      if (witness.kind === 'chain') {
        const { timestamp } = parseHeader(fromHex(witness.headerRlp));
        return { witness, timeMs: Number(timestamp) * 1_000, expiresMs: NEVER.getTime() };
      }
      const isRenewal = witness.kind === 'renewal';
      const message = isRenewal ? messageOf(ledger, batch, witnesses.slice(0, place)) : batch.root;
      return { witness, ...(await judgeToken(fromBase64(witness.token), message, trusted)) };
    }),
  );
}

/** So that a token is looked at once, and again only when it ages. */
async function noteExpiries({ database }: RenewedLedger, batch: AgeingBatch, judged: readonly Judged[]): Promise<void> {
  for (const { witness, expiresMs } of judged)
    if (witness.kind === 'rfc3161')
      await database.prisma.witnessToken.updateMany({
        where: { batchId: BigInt(batch.batch_id), token: Buffer.from(witness.token, 'base64'), expiresAt: null },
        data: { expiresAt: new Date(expiresMs) },
      });
}

interface Renewable {
  readonly batch: AgeingBatch;
  readonly judged: readonly Judged[];
  readonly expiresAfterMs: number;
}

async function askEach(work: Work, renewable: Renewable): Promise<boolean> {
  const { ledger } = work;
  for (const authority of work.authorities) {
    ledger.observer.witnessAsked(authority.name);
    try {
      await store(work, { ...renewable, authority, obtained: await ask(work, renewable, authority) });
      ledger.news.isOver(`renewing ${authority.name}`);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal) || work.signal.aborted) throw error;
      ledger.observer.witnessRefused(authority.name, error.code);
      const about = { authority: authority.name, batchId: renewable.batch.batch_id, code: error.code, err: error };
      if (ledger.news.isNew(`renewing ${authority.name}`, error.code)) ledger.log.warn(about, 'no renewal');
    }
  }
  return false;
}

async function ask(
  { ledger, pace, signal }: Work,
  { batch, judged, expiresAfterMs }: Renewable,
  authority: Authority,
): Promise<Obtained> {
  const message = messageOf(
    ledger,
    batch,
    judged.map(({ witness }) => witness),
  );
  const blockMs = Number(parseHeader(batch.not_before_header, ledger.chain.consensus).timestamp) * 1_000;
  const notBeforeMs = Math.max(blockMs, ...judged.map(({ timeMs }) => timeMs));
  const obtained = await obtainToken({ authority, message, notBeforeMs, withinMs: pace.askWithinMs, signal });
  if (obtained.judged.expiresMs > expiresAfterMs) return obtained;
  const end = new Date(obtained.judged.expiresMs).toISOString();
  throw new Refusal('expires-no-later', `its certificate ends at ${end}, no later than what is renewed`);
}

async function store(
  { ledger }: Work,
  { batch, judged, authority, obtained }: Renewable & { authority: Authority; obtained: Obtained },
): Promise<void> {
  ledger.onStage('witness');
  const position = judged.filter(({ witness }) => witness.kind === 'renewal').length + 1;
  const renewal = {
    batchId: BigInt(batch.batch_id),
    authority: authority.name,
    token: Uint8Array.from(obtained.token),
    expiresAt: new Date(obtained.judged.expiresMs),
    covers: batch.tokens,
  };
  const isFirst = await ledger.database.transaction((db) => storeRenewal(db, renewal, position));
  if (isFirst) ledger.observer.renewalStored(authority.name);
}

/** Something of ours failed, such as the database; the next sweep tries again. */
function noteFailure({ observer, news, log }: RenewedLedger, error: unknown): void {
  observer.workFailed('renewal');
  if (news.isNew('renewing', String(error))) log.warn({ err: error }, 'renewing failed');
}
