// SPDX-License-Identifier: Apache-2.0
// Takes entries in: all of them or none, each digest and each reference once per client, answered after the commit.
// It may run twice with the same input: the second time finds what the first one wrote.
import { randomUUIDv7 } from 'node:crypto';
import type { Database, Db } from '../db/database.ts';
import { DomainError, type FieldError } from '../errors.ts';
import { findByDigests, findReferences, insertEntries, insertReferences } from './entries.sql.ts';
import { type EntryContent, type EntryRecord, isSameContent, type NewEntry } from './entry.ts';

export interface SubmitDependencies {
  database: Database;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Called after the commit, so that sequencing need not wait for its next sweep. */
  nudge: () => void;
}

/** Throws `reference-conflict` or `digest-conflict`, naming every item that contradicts the ledger or the request itself. */
export async function submitEntries(
  { database, now, nudge }: SubmitDependencies,
  clientId: string,
  inputs: readonly EntryContent[],
): Promise<EntryRecord[]> {
  refuseContradictions(inputs);
  const submission = { clientId, inputs, entries: newEntries(inputs), receivedAt: new Date(now()).toISOString() };
  const records = await database.transaction((tx) => record(tx, submission), { mayRunTwice: true });
  nudge();
  return records;
}

/**
 * Every request takes its unique keys in one order, digests before references and both sorted, so concurrent
 * requests wait for one another but never in a circle.
 */
async function record(tx: Db, submission: Submission): Promise<EntryRecord[]> {
  const { clientId, inputs } = submission;
  const known = await insertedOrKnown(tx, submission);
  await refuseKnownDigests(tx, submission, known);
  const references = [...new Map(inputs.map((input) => [input.reference, recordOf(known, input).id]))].sort(byFirst);
  const inserted = await insertReferences(tx, clientId, references);
  if (inserted < references.length) await refuseKnownReferences(tx, submission, known);
  return inputs.map((input) => ({ ...recordOf(known, input), reference: input.reference }));
}

interface Submission {
  readonly clientId: string;
  /** In the caller's order, with repetitions. */
  readonly inputs: readonly EntryContent[];
  /** One per digest, in digest order. */
  readonly entries: readonly NewEntry[];
  readonly receivedAt: string;
}

/** What the ledger holds for each digest after the insert: our own rows, or those that were there first. */
async function insertedOrKnown(tx: Db, submission: Submission): Promise<Known> {
  const { clientId, entries, receivedAt } = submission;
  const inserted = await insertEntries(tx, clientId, receivedAt, entries);
  const digests = entries.map((entry) => entry.sha256);
  const records: EntryRecord[] =
    inserted === entries.length
      ? entries.map((entry) => ({ ...entry, receivedAt, state: 'received' }))
      : await findByDigests(tx, clientId, digests);
  return new Map(records.map((entry) => [entry.sha256, entry]));
}

type Known = ReadonlyMap<string, EntryRecord>;

function recordOf(known: Known, input: EntryContent): EntryRecord {
  const found = known.get(input.sha256);
  if (!found) throw new DomainError('internal', { sha256: input.sha256 });
  return found;
}

async function refuseKnownDigests(tx: Db, { clientId, inputs }: Submission, known: Known): Promise<void> {
  const differs = (input: EntryContent) => !isSameContent(recordOf(known, input), input);
  const wrong = inputs.filter(differs);
  if (wrong.length === 0) return;
  const references = await findReferences(
    tx,
    clientId,
    wrong.map((input) => input.reference),
  );
  refuse(inputs.flatMap((input, index) => (differs(input) ? [conflict(index, references.has(input.reference))] : [])));
}

async function refuseKnownReferences(tx: Db, { clientId, inputs }: Submission, known: Known): Promise<void> {
  const references = await findReferences(
    tx,
    clientId,
    inputs.map((input) => input.reference),
  );
  refuse(
    inputs.flatMap((input, index) =>
      references.get(input.reference) === recordOf(known, input).id ? [] : [conflict(index, true)],
    ),
  );
}

/** The same rules inside one request, where the first item wins. */
function refuseContradictions(inputs: readonly EntryContent[]): void {
  const byReference = new Map<string, EntryContent>();
  const byDigest = new Map<string, EntryContent>();
  const errors: FieldError[] = [];
  inputs.forEach((input, index) => {
    const namesake = byReference.get(input.reference);
    const twin = byDigest.get(input.sha256);
    if (namesake && !isSameContent(namesake, input)) errors.push(conflict(index, true));
    else if (twin && !isSameContent(twin, input)) errors.push(conflict(index, false));
    if (!namesake) byReference.set(input.reference, input);
    if (!twin) byDigest.set(input.sha256, input);
  });
  refuse(errors);
}

function conflict(index: number, ofReference: boolean): FieldError {
  return ofReference
    ? { index, field: 'reference', code: 'reference-conflict' }
    : { index, field: 'sha256', code: 'digest-conflict' };
}

function refuse(errors: readonly FieldError[]): void {
  const [first] = errors;
  if (!first) return;
  throw new DomainError(first.code === 'digest-conflict' ? 'digest-conflict' : 'reference-conflict', {}, { errors });
}

/** One row per digest, in digest order; ids rise with time, which keeps their index compact. */
function newEntries(inputs: readonly EntryContent[]): NewEntry[] {
  const byDigest = new Map<string, NewEntry>();
  for (const input of inputs) {
    if (!byDigest.has(input.sha256)) byDigest.set(input.sha256, { ...input, id: randomUUIDv7() });
  }
  return [...byDigest.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
}

function byFirst([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}
