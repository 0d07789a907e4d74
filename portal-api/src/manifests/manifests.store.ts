// SPDX-License-Identifier: Apache-2.0
// Manifests of orders: made once per round and purpose, stored before the request to the ledger, so that a repetition sends
// the same digest. Sections are encrypted; the manifest itself is digests alone.
import { type Manifest, manifestDigests, type Section, sectionDigest, toHex } from '@inkseal/verifier';
import { z } from 'zod';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { jsonOf } from '../db/json.ts';
import { readRandomRows } from '../db/random-rows.ts';
import type { Machine } from '../db/transition.ts';
import type { Manifest as ManifestRow, Prisma } from '../generated/prisma/client.ts';
import { type RecordKey, recordKeyOf } from '../orders/index.ts';

export type ManifestPurpose = 'submission' | 'attestation' | 'registration' | 'event';

/** What the ledger calls it: a change of rights is a statement of its owner, like a submission. */
export const ledgerKindOf = (purpose: ManifestPurpose) => (purpose === 'event' ? 'submission' : purpose);

export const manifestMachine: Machine<
  'BUILT' | 'ENTERED' | 'FINAL',
  'enter' | 'finalise' | 'lose',
  Prisma.ManifestUpdateManyMutationInput
> = {
  name: 'manifest',
  records: (db) => db.manifest,
  transitions: [
    { from: ['BUILT'], event: 'enter', to: 'ENTERED' },
    { from: ['ENTERED'], event: 'finalise', to: 'FINAL' },
    // The ledger was restored and lost the entry: it is entered again.
    { from: ['ENTERED', 'FINAL'], event: 'lose', to: 'BUILT' },
  ],
};

export interface ManifestKey {
  /** Or the event of a work's rights. */
  order: RecordKey;
  purpose: ManifestPurpose;
  round: number;
}

export interface StoredManifest extends ManifestKey {
  id: string;
  state: 'BUILT' | 'ENTERED' | 'FINAL';
  sha256: string;
  sm3: string;
  manifest: Manifest;
  entryId: string | null;
  number: string | null;
  receivedAt: Date | null;
}

/** Sections are encrypted, and as long as the content; the receipt has its own store. */
const NOT_LISTED = { sectionsCipher: true, receipt: true } as const;

export async function findManifest(db: Db, key: ManifestKey): Promise<StoredManifest | undefined> {
  const { order, purpose, round } = key;
  const row = await db.manifest.findFirst({ where: { ...order, purpose, round }, omit: NOT_LISTED });
  return row ? storedManifest(row) : undefined;
}

export async function findManifestByDigest(db: Db, sha256: string): Promise<StoredManifest | undefined> {
  const row = await db.manifest.findUnique({ where: { sha256: Buffer.from(sha256, 'hex') }, omit: NOT_LISTED });
  return row ? storedManifest(row) : undefined;
}

/** The one that is stored, or these sections stored as it: whoever comes second gets the first one's. */
export async function storeManifest(
  db: Db,
  vault: Vault,
  key: ManifestKey,
  sections: readonly Section[],
): Promise<StoredManifest> {
  const manifest: Manifest = {
    v: 1,
    sections: sections.map((section) => ({ name: section.name, sha256: sectionDigest(section) })),
  };
  const { sha256, sm3 } = await manifestDigests(manifest);
  const id = newId();
  const sectionsCipher = vault.encrypt(JSON.stringify(sections), contextOf(id));
  const { order, purpose, round } = key;
  const digests = { sha256: Buffer.from(sha256, 'hex'), sm3: Buffer.from(sm3, 'hex') };
  const row = { id, ...order, purpose, round, ...digests, manifest: jsonOf(manifest), sectionsCipher };
  await db.manifest.createMany({ data: [row], skipDuplicates: true });
  const stored = await findManifest(db, key);
  if (!stored) throw new TypeError('manifest row missing after insert');
  return stored;
}

export async function sectionsOfManifest(db: Db, vault: Vault, id: string): Promise<Section[]> {
  const row = await db.manifest.findUnique({ where: { id }, select: { sectionsCipher: true } });
  if (!row?.sectionsCipher) return [];
  // Written by storeManifest alone, and authenticated.
  return JSON.parse(vault.decryptText(row.sectionsCipher, contextOf(id))) as Section[];
}

/** The digests stay: they are on record. */
export async function eraseSections(db: Db, order: RecordKey): Promise<void> {
  await db.manifest.updateMany({ where: order, data: { sectionsCipher: null } });
}

/** Each found by an index of its own: all three in one condition would be looked for in every manifest there is. */
const WAITING: readonly Prisma.ManifestWhereInput[] = [
  { state: 'ENTERED' },
  { state: 'FINAL', purpose: 'attestation', attestation: { state: 'ANCHORING', certificates: { none: {} } } },
  { state: 'FINAL', purpose: 'registration', registration: { state: 'REGISTERING', certificates: { none: {} } } },
];
const WAITING_AT_ONCE = 100;

/**
 * Manifests whose entry should have become final by now, by the ids of their entries; and final ones whose certificate should have
 * been begun by now: some of each.
 */
export async function waitingEntries(db: Db, stateBefore: Date): Promise<WaitingEntry[]> {
  const found: WaitingEntry[] = [];
  for (const what of WAITING) {
    const where = { ...what, stateAt: { lt: stateBefore } };
    const rows = await readRandomRows(WAITING_AT_ONCE, {
      count: () => db.manifest.count({ where }),
      read: (page) => db.manifest.findMany({ where, omit: NOT_LISTED, orderBy: { id: 'asc' }, ...page }),
    });
    for (const manifest of rows.map(storedManifest)) {
      if (manifest.entryId !== null) found.push({ id: manifest.entryId, manifest });
    }
  }
  return found;
}

export interface WaitingEntry {
  /** Of the entry. */
  id: string;
  manifest: StoredManifest;
}

const listSchema = z.object({
  v: z.literal(1),
  sections: z.array(z.object({ name: z.string(), sha256: z.string() })),
});

function storedManifest(row: Omit<ManifestRow, keyof typeof NOT_LISTED>): StoredManifest {
  return {
    ...row,
    order: recordKeyOf(row),
    sha256: toHex(row.sha256),
    sm3: toHex(row.sm3),
    manifest: listSchema.parse(row.manifest),
    number: row.number === null ? null : String(row.number),
  };
}

const contextOf = (id: string) => `manifest:${id}:sections`;
