// SPDX-License-Identifier: Apache-2.0
// The ledger's HTTP API as the portal uses it. An outage is `ledger-unavailable`, and what waits goes on when it is
// over; an answer that says our request was wrong is a fault of ours, and nothing that a user could mend.
import { readFile } from 'node:fs/promises';
import { currentSpan, type NewSpan, type Span, type Tracer, traceparentOf, UNTRACED } from '@inkseal/service-kit';
import type { RevocationReason } from '@inkseal/verifier';
import { z } from 'zod';
import { DomainError } from '../errors.ts';

const TIMEOUT_MS = 10_000;
const READY_TIMEOUT_MS = 2_000;
const RETRY_AFTER = 5;

const entrySchema = z.object({
  id: z.uuid(),
  reference: z.string(),
  kind: z.string(),
  sha256: z.string(),
  state: z.enum(['received', 'sequenced', 'anchored', 'final', 'revoked']),
  receivedAt: z.iso.datetime(),
  number: z.string().optional(),
  batch: z.string().optional(),
});

const pageSchema = z.object({ items: z.array(entrySchema), next: z.string().optional(), more: z.boolean() });

const batchSchema = z.object({
  id: z.string(),
  firstNumber: z.string(),
  count: z.int(),
  root: z.string(),
  anchoredAt: z.string().optional(),
  block: z.string().optional(),
  blockHash: z.string().optional(),
  transaction: z.string().optional(),
});

const registrySchema = z.object({
  batches: z.object({ total: z.int(), final: z.int() }),
  entries: z.int(),
  revocations: z.int(),
  finality: z.object({ batches: z.int(), p50Ms: z.int(), p99Ms: z.int() }).optional(),
  witnesses: z.array(
    z.object({ authority: z.string(), tokens: z.int(), missing: z.int(), lastTokenAt: z.string().optional() }),
  ),
  burned: z.object({
    batches: z.int(),
    numbers: z.int(),
    ranges: z.array(z.object({ firstNumber: z.string(), count: z.int(), acceptedAt: z.string() })),
  }),
  newest: z.array(batchSchema.extend({ state: z.string(), closedAt: z.string(), finalAt: z.string().optional() })),
});

export type LedgerEntry = z.output<typeof entrySchema>;
export type LedgerBatch = z.output<typeof batchSchema>;
export type LedgerRegistry = z.output<typeof registrySchema>;

export interface NewEntry {
  reference: string;
  kind: 'submission' | 'attestation' | 'registration' | 'audit-head';
  sha256: string;
  sm3?: string;
}

export interface LedgerClient {
  /** After the ledger's commit; the same entry asked for again is the same entry. */
  submit(entry: NewEntry): Promise<LedgerEntry>;
  /** By id or certificate number; undefined when there is none. */
  entry(idOrNumber: string): Promise<LedgerEntry | undefined>;
  batch(id: string): Promise<LedgerBatch | undefined>;
  /** What the registry has done, its newest batches first. */
  registry(): Promise<LedgerRegistry>;
  finalAfter(cursor: string | undefined): Promise<z.output<typeof pageSchema>>;
  /** The bundle's exact bytes, without manifest and sections; undefined while the number is not final. */
  proof(number: string): Promise<Uint8Array | undefined>;
  /** The exact bytes of the acceptance receipt of an issued number; undefined where the ledger gives none. */
  receipt(number: string): Promise<Uint8Array | undefined>;
  /** Whether the ledger lost the entry of this number in a restore: the chain has its root, and nobody else may get the number. */
  isBurned(number: string): Promise<boolean>;
  /** Undefined when the number was issued. */
  absence(number: string): Promise<Uint8Array | undefined>;
  trust(): Promise<Uint8Array>;
  revoke(number: string, reason: RevocationReason): Promise<void>;
  isReady(): Promise<boolean>;
}

interface LedgerClientOptions {
  url: string;
  apiKeyFile: string;
  tracer?: Tracer;
}

export function createLedgerClient({ url, apiKeyFile, tracer = UNTRACED }: LedgerClientOptions): LedgerClient {
  const call = ({ path, pattern }: Place, { body, allow = [] }: { body?: unknown; allow?: readonly number[] } = {}) =>
    tracer.run(spanOf(body === undefined ? 'GET' : 'POST', pattern), async (span) => {
      const answer = await send(`${url}${path}`, { key: await readKey(apiKeyFile), body, span });
      span.facts['http.response.status_code'] = answer.status;
      if (answer.ok || allow.includes(answer.status)) return answer;
      await answer.body?.cancel();
      const isOutage = answer.status >= 500 || answer.status === 429;
      if (isOutage) throw unavailable();
      throw new DomainError('internal', { part: 'ledger', status: answer.status, path });
    });
  const bytesUnless = async (place: Place, allow: readonly number[]) => {
    const answer = await call(place, { allow });
    if (answer.ok) return read(() => answer.bytes());
    await answer.body?.cancel();
    return undefined;
  };
  const jsonOf = async <S extends z.ZodType>(schema: S, answer: Response): Promise<z.output<S>> =>
    schema.parse(await read(() => answer.json()));
  const jsonUnless = async <S extends z.ZodType>(schema: S, place: Place, allow: readonly number[]) => {
    const answer = await call(place, { allow });
    if (answer.ok) return jsonOf(schema, answer);
    await answer.body?.cancel();
    return undefined;
  };
  return {
    submit: async (entry) => jsonOf(entrySchema, await call(at`/v1/entries`, { body: entry })),
    entry: (idOrNumber) => jsonUnless(entrySchema, at`/v1/entries/${idOrNumber}`, [404, 422]),
    batch: (id) => jsonUnless(batchSchema, at`/v1/batches/${id}`, [404]),
    registry: async () => jsonOf(registrySchema, await call(at`/v1/registry`)),
    async finalAfter(cursor) {
      const first = at`/v1/entries?state=final&limit=100`;
      const place = cursor === undefined ? first : at`/v1/entries?state=final&limit=100&after=${cursor}`;
      return jsonOf(pageSchema, await call(place));
    },
    proof: (number) => bytesUnless(at`/v1/entries/${number}/proof`, [404, 409]),
    receipt: (number) => bytesUnless(at`/v1/entries/${number}/receipt`, [404]),
    isBurned: async (number) => (await bytesUnless(at`/v1/numbers/${number}/loss`, [404])) !== undefined,
    absence: (number) => bytesUnless(at`/v1/numbers/${number}/absence`, [409]),
    trust: async () => (await bytesUnless(at`/v1/trust`, [])) ?? new Uint8Array(),
    async revoke(number, reason) {
      // 409: revoked before for another reason; on the chain the first one stays.
      const answer = await call(at`/v1/entries/${number}/revocation`, { body: { reason }, allow: [409] });
      await answer.body?.cancel();
    },
    async isReady() {
      const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(READY_TIMEOUT_MS) }).catch(
        () => undefined,
      );
      await answer?.body?.cancel();
      return answer?.ok === true;
    },
  };
}

interface Place {
  path: string;
  /** The path without its values and its query, for traces. */
  pattern: string;
}

/** A path whose values are encoded. */
function at(texts: TemplateStringsArray, ...values: string[]): Place {
  const [pattern = ''] = texts.join('*').split('?');
  return { path: String.raw({ raw: texts }, ...values.map(encodeURIComponent)), pattern };
}

const spanOf = (method: string, pattern: string): NewSpan => ({
  name: `${method} ${pattern}`,
  kind: 'client',
  facts: { 'http.request.method': method, 'url.template': pattern },
  parent: currentSpan(),
});

/** The ledger takes the trace from whoever has shown a key, so its log lines have the same id as ours. */
function send(url: string, { key, body, span }: { key: string; body: unknown; span: Span }): Promise<Response> {
  const json = body === undefined ? {} : { body: JSON.stringify(body), method: 'POST' };
  const headers = {
    Authorization: `Bearer ${key}`,
    traceparent: traceparentOf(span),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  };
  return read(() => fetch(url, { ...json, headers, signal: AbortSignal.timeout(TIMEOUT_MS) }));
}

/** Whatever fails on the way is an outage: refused, cut off, or too slow. */
function read<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((cause) => {
    throw unavailable(cause);
  });
}

/** Read each time: the ledger makes the key at its first start, which may come after ours. */
async function readKey(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw unavailable(cause);
  });
  return text.trim();
}

function unavailable(cause?: unknown): DomainError {
  return new DomainError('ledger-unavailable', {}, { retryAfter: RETRY_AFTER, cause });
}
