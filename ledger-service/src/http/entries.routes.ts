// SPDX-License-Identifier: Apache-2.0
// /v1/entries: submit, list, read.
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { parseEntries } from './entry-parser.ts';
import type { Metrics } from './metrics.ts';
import type { EntryQuery, EntryRecord, LedgerPorts } from './ports.ts';
import { parse, type Route, route, sendJson } from './route.ts';
import {
  certificateNumber,
  digest,
  ENTRY_STATES,
  type Entry,
  entryInputSchema,
  entryListSchema,
  entryPageQuery,
  entryPageSchema,
  entrySchema,
  MAX_ENTRIES,
  reference,
} from './schemas.ts';

/** 10,000 entries with the longest references take 4.3 MB. */
const MAX_SUBMISSION_BYTES = 8 * 1024 * 1024;

export function entryRoutes(ports: LedgerPorts, metrics: Metrics): Route[] {
  return [submit(ports, metrics), list(ports), read(ports)];
}

function submit(ports: LedgerPorts, metrics: Metrics): Route {
  return route(
    {
      method: 'post',
      path: '/v1/entries',
      scope: 'submit',
      maxBodyBytes: MAX_SUBMISSION_BYTES,
      id: 'submitEntries',
      summary: 'Submit one entry, or up to 10,000 at once: all or none',
      description:
        'The answer comes after the commit. The same request may be repeated at will: the same reference and content is the same entry, ' +
        'and a new reference for a known digest is an alias of the same entry.',
      body: z.union([entryInputSchema, z.strictObject({ entries: z.array(entryInputSchema).min(1).max(MAX_ENTRIES) })]),
      status: 202,
      outcome: 'Accepted and durable',
      answer: z.union([entrySchema, entryListSchema]),
      errors: ['invalid-request', 'entry-invalid', 'reference-conflict', 'digest-conflict'],
    },
    async ({ request, response, principal }) => {
      const { inputs, isList } = parseEntries(request.body);
      const entries = (await ports.submitEntries(principal.clientId, inputs)).map(withLinks);
      metrics.entriesAccepted(entries.length);
      sendJson(response, 202, isList ? { entries } : entries[0]);
    },
  );
}

const listQuery = entryPageQuery
  .extend({
    reference: reference.optional(),
    sha256: digest.optional(),
    state: z.enum(ENTRY_STATES).optional(),
  })
  .strict();

function list(ports: LedgerPorts): Route {
  return route(
    {
      method: 'get',
      path: '/v1/entries',
      scope: 'read',
      id: 'listEntries',
      summary: "Find the client's entries by exactly one of reference, sha256 and state",
      description:
        'The list of final entries runs in the order in which their batches became final, those of sequenced and anchored by number. ' +
        'Nothing appears behind `next` later: keep it to go on from there. ' +
        'An entry revoked since stays in them, shown as revoked. The list of received is a view of the moment. ' +
        'An unknown reference or digest is not found.',
      query: listQuery,
      outcome: 'A page',
      answer: entryPageSchema,
      errors: ['invalid-request', 'entry-not-found'],
    },
    async ({ request, response, principal }) => {
      const page = await ports.listEntries(principal.clientId, toEntryQuery(parse(listQuery, request.query)));
      sendJson(response, 200, { ...page, items: page.items.map(withLinks) });
    },
  );
}

function toEntryQuery({ reference, sha256, state, after, limit }: z.output<typeof listQuery>): EntryQuery {
  const given = [reference, sha256, state].filter((value) => value !== undefined);
  if (given.length !== 1) throw wrongField('state', given.length === 0 ? 'missing' : 'out-of-range');
  if (reference !== undefined) return { by: 'reference', reference };
  if (sha256 !== undefined) return { by: 'sha256', sha256 };
  return { by: 'state', state: state ?? 'final', after, limit };
}

const entryPath = z.object({
  entry: z.union([z.uuid(), certificateNumber]).meta({ description: 'Entry id or certificate number' }),
});

function read(ports: LedgerPorts): Route {
  return route(
    {
      method: 'get',
      path: '/v1/entries/{entry}',
      scope: 'read',
      id: 'readEntry',
      summary: 'Read one entry',
      params: entryPath,
      outcome: 'The entry',
      answer: entrySchema,
      errors: ['invalid-request', 'entry-not-found'],
    },
    async ({ request, response, principal: { clientId } }) => {
      const { entry } = parse(entryPath, request.params);
      const record = entry.includes('-')
        ? await ports.entryById(clientId, entry)
        : await ports.entryByNumber(clientId, BigInt(entry));
      sendJson(response, 200, withLinks(record));
    },
  );
}

/** Members always in one order, so that a repeated request gets the same bytes. */
function withLinks({ id, reference, kind, sha256, sm3, state, receivedAt, number, batch }: EntryRecord): Entry {
  const hasProof = number !== undefined && (state === 'final' || state === 'revoked');
  return {
    id,
    reference,
    kind,
    sha256,
    sm3,
    state,
    receivedAt,
    number,
    batch,
    links: {
      self: `/v1/entries/${id}`,
      batch: batch === undefined ? undefined : `/v1/batches/${batch}`,
      proof: hasProof ? `/v1/entries/${number}/proof` : undefined,
    },
  };
}

function wrongField(field: string, code: 'missing' | 'out-of-range'): DomainError {
  return new DomainError('invalid-request', {}, { errors: [{ field, code }] });
}
