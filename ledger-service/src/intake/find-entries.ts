// SPDX-License-Identifier: Apache-2.0
// Reads a client's entries: one by id or number, or a page by reference, digest or state.
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import * as sql from './entries.sql.ts';
import { finalPlaceOf, lastFinalSequence } from './entries.store.ts';
import { batchStatesOf, type EntryRecord, type EntryState } from './entry.ts';

/** `next` goes on after the page, also later when there is more. */
export interface EntryPage {
  items: EntryRecord[];
  next?: string;
  more: boolean;
}

export type EntryQuery =
  | { by: 'reference'; reference: string }
  | { by: 'sha256'; sha256: string }
  | { by: 'state'; state: EntryState; after?: string | undefined; limit: number };

export async function entryById(db: Db, clientId: string, id: string): Promise<EntryRecord> {
  return only(await sql.findById(db, clientId, id), { id });
}

export async function entryByNumber(db: Db, clientId: string, number: bigint): Promise<EntryRecord> {
  return only(await sql.findByNumber(db, clientId, number), { number: String(number) });
}

export async function listEntries(db: Db, clientId: string, query: EntryQuery): Promise<EntryPage> {
  if (query.by === 'reference') {
    const { reference } = query;
    return onlyPage(await sql.findByReference(db, clientId, reference), { reference });
  }
  if (query.by === 'sha256') {
    const { sha256 } = query;
    return onlyPage(await sql.findByDigests(db, clientId, [sha256]), { sha256 });
  }

  if (query.state === 'final') return listFinal(db, clientId, query);

  // One more than asked for tells whether the page is the last.
  const found = await listState(db, clientId, query.state, { after: query.after, limit: query.limit + 1 });
  const items = found.slice(0, query.limit);
  const last = items.at(-1);
  const next = last ? cursorAfter(query.state, last) : query.after;
  return { items, more: found.length > items.length, ...(next === undefined ? {} : { next }) };
}

interface Page {
  readonly after?: string | undefined;
  readonly limit: number;
}

function listState(db: Db, clientId: string, state: Exclude<EntryState, 'final'>, { after, limit }: Page) {
  if (state === 'received') return sql.listReceived(db, clientId, readReceivedCursor(after), limit);
  const number = readNumberCursor(after);
  if (state === 'revoked') return sql.listRevoked(db, clientId, number, limit);
  return sql.listNumbered(db, clientId, { states: batchStatesOf(state), after: number, limit });
}

/**
 * Batches in the order in which they became final. At the end of the list the cursor moves on to the newest batch, so a
 * client that polls does not search the batches of others again.
 */
async function listFinal(db: Db, clientId: string, { after, limit }: Page): Promise<EntryPage> {
  const from = await readFinalCursor(db, after);
  // Asked before the page is read: what becomes final between the two comes after it.
  const last = await lastFinalSequence(db);
  const found = await sql.listFinal(db, clientId, { after: from, limit: limit + 1 });
  const page = found.slice(0, limit);
  const more = found.length > page.length;
  const items = page.map(({ entry }) => entry);
  const end = page.at(-1)?.place ?? from;
  const place = !more && last > end.sequence ? { sequence: last, number: 2n ** 63n - 1n } : end;
  const next = place === from ? after : finalCursor(place);
  return { items, more, ...(next === undefined ? {} : { next }) };
}

const finalCursor = ({ sequence, number }: sql.FinalPlace): string =>
  Buffer.from(`f ${sequence} ${number}`).toString('base64url');

/** Older cursors name a number: they are from the time when batches became final in the order of their numbers. */
async function readFinalCursor(db: Db, cursor: string | undefined): Promise<sql.FinalPlace> {
  if (cursor === undefined) return { sequence: 0n, number: 0n };
  const [, sequence, number] = /^f ([1-9]\d{0,18}) ([1-9]\d{0,18})$/.exec(decode(cursor)) ?? [];
  if (sequence === undefined || number === undefined) return finalPlaceOf(db, readNumberCursor(cursor));
  return { sequence: readNumber(sequence), number: readNumber(number) };
}

/** Opaque to clients: they may only hand it back. */
function cursorAfter(state: EntryState, { receivedAt, id, number }: EntryRecord): string {
  return Buffer.from(state === 'received' ? `r ${receivedAt} ${id}` : `n ${number}`).toString('base64url');
}

function readNumberCursor(cursor: string | undefined): bigint {
  if (cursor === undefined) return 0n;
  const [, text = ''] = /^n ([1-9]\d{0,18})$/.exec(decode(cursor)) ?? malformed();
  return readNumber(text);
}

function readNumber(text: string): bigint {
  const number = BigInt(text);
  return number < 2n ** 63n ? number : malformed();
}

function readReceivedCursor(cursor: string | undefined): { receivedAt: string; id: string } {
  if (cursor === undefined) return { receivedAt: '-infinity', id: '00000000-0000-0000-0000-000000000000' };
  const [, receivedAt = '', id = ''] =
    /^r ([1-9]\d{3}-\S{18}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(decode(cursor)) ?? malformed();
  return isInstant(receivedAt) ? { receivedAt, id } : malformed();
}

/** A day that the calendar has, in the one form that we write. */
function isInstant(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}

function decode(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString('latin1');
}

function malformed(): never {
  throw new DomainError('invalid-request', {}, { errors: [{ field: 'after', code: 'malformed' }] });
}

/** A reference and a digest name one entry each. */
function onlyPage(entries: EntryRecord[], details: Record<string, string>): EntryPage {
  return { items: [only(entries, details)], more: false };
}

function only(entries: EntryRecord[], details: Record<string, string>): EntryRecord {
  const [entry] = entries;
  if (!entry) throw new DomainError('entry-not-found', details);
  return entry;
}
