// SPDX-License-Identifier: Apache-2.0
// Imports a folder: everything is read and judged first; then rows are written in batches, each a transaction. A run that ended
// in between goes on where it ended, and a second one changes nothing.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { findImported } from '../earlier-certificates/index.ts';
import { isOurNumber } from '../lookup/index.ts';
import { at, checkRows, parsedRows, type Row } from './check-rows.ts';
import type { Fault } from './fault.ts';
import { KINDS, type Kind } from './formats.ts';
import { createImportStore, type ImportStore } from './imports.store.ts';
import { COLUMN_OF, type Outcome } from './outcome.ts';
import { sourceFile } from './read-rows.ts';

/** Rows of one transaction. A certificate may bring 10 MiB. */
const BATCH: Readonly<Record<Kind, number>> = { members: 100, works: 100, certificates: 10 };

export interface ImportResult {
  /** Of the files: with one, nothing was written. */
  faults: Fault[];
  /** Of single rows, which were left out. */
  conflicts: Fault[];
  counts: Record<Kind, { read: number; imported: number; unchanged: number }>;
}

export interface ImportOptions {
  db: Database;
  vault: Vault;
  folder: string;
  isDry: boolean;
  say(line: string): void;
}

export async function importFolder({ db, vault, folder, isDry, say }: ImportOptions): Promise<ImportResult> {
  const store = createImportStore(db, vault, folder);
  const { faults, counts } = await checkRows(folder, {
    isMember: async (id) => (await store.memberOf(db.prisma, id)) !== undefined,
    hasAccount: async (phone) => (await store.accountOf(db.prisma, phone)) !== undefined,
    hasCertificate: async (number) => (await findImported(db.prisma, number)) !== null,
    isOurNumber: (number) => isOurNumber(db.prisma, number),
  });
  const empty = { members: none(), works: none(), certificates: none() };
  const result: ImportResult = { faults, conflicts: [], counts: empty };
  for (const kind of KINDS) result.counts[kind].read = counts[kind];
  if (faults.length > 0) return result;
  const run = { db, store, folder, isDry, say, result };
  await importKind(run, 'members', store.addMember);
  await importKind(run, 'works', store.addWork);
  await importKind(run, 'certificates', store.addCertificate);
  return result;
}

export const hasFiles = (folder: string): boolean => KINDS.some((kind) => sourceFile(folder, kind) !== undefined);

const none = () => ({ read: 0, imported: 0, unchanged: 0 });

interface Run extends Pick<ImportOptions, 'db' | 'folder' | 'isDry' | 'say'> {
  store: ImportStore;
  result: ImportResult;
}

type Add<Of extends Kind> = (tx: Transaction, item: Row<Of>, isDry: boolean) => Promise<Outcome>;

async function importKind<Of extends Kind>(run: Run, kind: Of, add: Add<Of>): Promise<void> {
  let batch: Row<Of>[] = [];
  const flush = async () => {
    const outcomes = await run.db.transaction(async (tx) => {
      const found: Outcome[] = [];
      for (const item of batch) found.push(await add(tx, item, run.isDry));
      return found;
    });
    note(run.result, kind, batch, outcomes);
    batch = [];
    const { imported, unchanged, read } = run.result.counts[kind];
    run.say(`${kind}: ${imported + unchanged} of ${read}`);
  };
  for await (const each of parsedRows(run.folder, kind)) {
    // Somebody changed the file since it was judged.
    if ('code' in each) run.result.conflicts.push(each);
    else batch.push(each);
    if (batch.length === BATCH[kind]) await flush();
  }
  if (batch.length > 0) await flush();
}

function note<Of extends Kind>(
  result: ImportResult,
  kind: Of,
  batch: readonly Row<Of>[],
  outcomes: readonly Outcome[],
) {
  for (const [index, outcome] of outcomes.entries()) {
    const source = batch[index]?.source;
    if (outcome === 'imported' || outcome === 'unchanged') result.counts[kind][outcome] += 1;
    else if (source) result.conflicts.push(at(source, COLUMN_OF[outcome], outcome));
  }
}
