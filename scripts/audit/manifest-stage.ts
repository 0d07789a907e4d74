// SPDX-License-Identifier: Apache-2.0
// Every evidence manifest: its sections and its list lead to its digest, and that is the digest that its number has on the chain.
import type { Database as LedgerDatabase } from '../../ledger-service/src/db/database.ts';
import type { Database } from '../../portal-api/src/db/database.ts';
import type { StoredKind } from '../../portal-api/src/storage/stored-kind.ts';
import { type AuditContext, type AuditStage, chooseSample } from '../../verifier/src/audit/index.ts';
import { type Manifest, manifestDigests, toHex } from '../../verifier/src/index.ts';
import { damageOf } from './damage.ts';
import { pagesOf } from './pages.ts';

export interface ManifestParts {
  readonly db: Database;
  readonly ledger: LedgerDatabase;
  readonly stored: StoredKind;
}

export function manifestStage(parts: ManifestParts): AuditStage {
  const ids = (after: string | undefined) =>
    pagesOf(after, async (last, take) => {
      const where = { ...(last !== undefined && { id: { gt: last } }) };
      const rows = await parts.db.prisma.manifest.findMany({
        where,
        orderBy: { id: 'asc' },
        take,
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    });
  return {
    name: 'manifests',
    async *run(context, after) {
      const isChosen = await chooseSample(ids(undefined), context.sample);
      for await (const id of ids(after)) {
        if (isChosen(id)) await auditManifest(context, parts, id);
        yield id;
      }
    },
  };
}

async function auditManifest(context: AuditContext, { db, ledger, stored }: ManifestParts, id: string): Promise<void> {
  const row = await db.prisma.manifest.findUnique({ where: { id }, omit: { sectionsCipher: true } });
  if (!row) return;
  context.count('manifests');
  const subject = row.number === null ? `manifest ${id}` : `manifest of number ${row.number}`;
  const add = (values: { expected?: string; found: string }) =>
    context.findings.add({ code: 'manifest-differs', subject, ...values });
  const expected = toHex(row.sha256);
  const digests = await digestsOf(row.manifest);
  if (digests.sha256 !== expected || digests.sm3 !== toHex(row.sm3)) add({ expected, found: digests.sha256 });
  if (row.number === null) return;
  // Each entry was compared with its statement, and that with the chain.
  const entry = await ledger.prisma.entry.findUnique({ where: { number: row.number }, select: { sha256: true } });
  const recorded = entry ? toHex(entry.sha256) : 'no entry';
  if (recorded !== expected) add({ expected: recorded, found: expected });
  const isErased = (await db.prisma.manifest.count({ where: { id, sectionsCipher: null } })) > 0;
  if (isErased) {
    context.count('erased');
    return;
  }
  const sections = await stored.read(id).catch(damageOf);
  if (typeof sections === 'string') add({ found: sections });
}

/** The row's JSON, whatever it holds by now. */
async function digestsOf(manifest: unknown): Promise<{ sha256: string; sm3: string }> {
  // Read back from what storeManifest wrote; another form has another digest, which is what is asked.
  return manifestDigests(manifest as Manifest);
}
