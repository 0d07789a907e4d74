// SPDX-License-Identifier: Apache-2.0
// Every evidence manifest: its sections and its list lead to its digest, and that is the digest that its number has on the chain.
import type { Database as LedgerDatabase } from '../../ledger-service/src/db/database.ts';
import type { Database } from '../../portal-api/src/db/database.ts';
import type { StoredKind } from '../../portal-api/src/storage/stored-kind.ts';
import type { AuditContext } from '../../verifier/src/audit/index.ts';
import { type Manifest, manifestDigests, toHex } from '../../verifier/src/index.ts';
import { damageOf } from './damage.ts';
import type { AuditedRecords } from './record-stage.ts';

export interface ManifestParts {
  readonly db: Database;
  readonly ledger: LedgerDatabase;
  readonly stored: StoredKind;
}

export function manifestRecords(parts: ManifestParts): AuditedRecords {
  return {
    name: 'manifests',
    together: 32,
    async keys(_, after, take) {
      const where = { ...(after !== undefined && { id: { gt: after } }) };
      const page = { orderBy: { id: 'asc' }, take, select: { id: true } } as const;
      return (await parts.db.prisma.manifest.findMany({ where, ...page })).map(({ id }) => id);
    },
    async judge(context, { chosen }) {
      for (const read of await readManifests(parts, chosen)) await auditManifest(context, parts, read);
    },
  };
}

/** The rows in their order, each with what the ledger recorded under its number. */
async function readManifests({ db, ledger }: ManifestParts, ids: readonly string[]) {
  const where = { id: { in: [...ids] } };
  const rows = await db.prisma.manifest.findMany({ where, orderBy: { id: 'asc' }, omit: { sectionsCipher: true } });
  const numbers = rows.flatMap(({ number }) => (number === null ? [] : [number]));
  // Each entry was compared with its statement, and that with the chain.
  const select = { number: true, sha256: true };
  const entries = await ledger.prisma.entry.findMany({ where: { number: { in: numbers } }, select });
  const recorded = new Map(entries.map(({ number, sha256 }) => [number, toHex(sha256)]));
  const without = await db.prisma.manifest.findMany({
    where: { ...where, sectionsCipher: null },
    select: { id: true },
  });
  const erased = new Set(without.map(({ id }) => id));
  return rows.map((row) => ({
    row,
    recorded: (row.number !== null && recorded.get(row.number)) || 'no entry',
    isErased: erased.has(row.id),
  }));
}

type ReadManifest = Awaited<ReturnType<typeof readManifests>>[number];

async function auditManifest(
  context: AuditContext,
  { stored }: ManifestParts,
  { row, recorded, isErased }: ReadManifest,
): Promise<void> {
  context.count('manifests');
  const subject = row.number === null ? `manifest ${row.id}` : `manifest of number ${row.number}`;
  const add = (values: { expected?: string; found: string }) =>
    context.findings.add({ code: 'manifest-differs', subject, ...values });
  const expected = toHex(row.sha256);
  const digests = await digestsOf(row.manifest);
  if (digests.sha256 !== expected || digests.sm3 !== toHex(row.sm3)) add({ expected, found: digests.sha256 });
  if (row.number === null) return;
  if (recorded !== expected) add({ expected: recorded, found: expected });
  if (isErased) {
    context.count('erased');
    return;
  }
  const sections = await stored.read(row.id).catch(damageOf);
  if (typeof sections === 'string') add({ found: sections });
}

/** The row's JSON, whatever it holds by now. */
async function digestsOf(manifest: unknown): Promise<{ sha256: string; sm3: string }> {
  // Read back from what storeManifest wrote; another form has another digest, which is what is asked.
  return manifestDigests(manifest as Manifest);
}
