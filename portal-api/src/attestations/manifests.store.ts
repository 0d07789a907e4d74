// SPDX-License-Identifier: Apache-2.0
// Manifests of orders: made once per round and purpose, stored before the ledger is asked, so that a repetition sends
// the same digest. Sections are sealed; the manifest itself is digests alone.
import { type Manifest, manifestDigests, type Section, sectionDigest } from '@inkseal/verifier';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import type { Machine } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';

export type ManifestPurpose = 'submission' | 'attestation';

export const manifestMachine: Machine<
  'BUILT' | 'ENTERED' | 'FINAL',
  'enter' | 'finalise',
  Prisma.ManifestUpdateManyMutationInput
> = {
  name: 'manifest',
  records: (db) => db.manifest,
  transitions: [
    { from: ['BUILT'], event: 'enter', to: 'ENTERED' },
    { from: ['ENTERED'], event: 'finalise', to: 'FINAL' },
  ],
};

export interface ManifestKey {
  attestationId: string;
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

type Queries = Pick<Database, 'query'> | Transaction;

const COLUMNS = `
  id, attestation_id AS "attestationId", purpose, round, state, encode(sha256, 'hex') AS sha256,
  encode(sm3, 'hex') AS sm3, manifest, entry_id AS "entryId", number::text AS number, received_at AS "receivedAt"`;

export async function findManifest(db: Queries, key: ManifestKey): Promise<StoredManifest | undefined> {
  const { attestationId, purpose, round } = key;
  const [row] = await db.query<StoredManifest>(
    `SELECT ${COLUMNS} FROM manifest WHERE attestation_id = $1 AND purpose = $2 AND round = $3`,
    [attestationId, purpose, round],
  );
  return row;
}

export async function findManifestByDigest(db: Queries, sha256: string): Promise<StoredManifest | undefined> {
  const [row] = await db.query<StoredManifest>(`SELECT ${COLUMNS} FROM manifest WHERE sha256 = decode($1, 'hex')`, [
    sha256,
  ]);
  return row;
}

/** The one that is stored, or these sections stored as it: whoever comes second gets the first one's. */
export async function storeManifest(
  db: Database,
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
  const cipher = vault.seal(JSON.stringify(sections), contextOf(id));
  const values = [id, key.attestationId, key.purpose, key.round, sha256, sm3, JSON.stringify(manifest), cipher];
  await db.query(INSERT, values);
  const stored = await findManifest(db, key);
  if (!stored) throw new TypeError('a manifest that was stored is there');
  return stored;
}

export async function sectionsOfManifest(db: Queries, vault: Vault, id: string): Promise<Section[]> {
  const [row] = await db.query<{ cipher: Buffer | null }>(
    'SELECT sections_cipher AS cipher FROM manifest WHERE id = $1',
    [id],
  );
  // Written by storeManifest alone, and authenticated.
  return row?.cipher ? (JSON.parse(vault.openText(row.cipher, contextOf(id))) as Section[]) : [];
}

/** Manifests whose entry should have become final by now. */
/** In random order: those that fail each time hold up no others. */
export function waitingManifests(db: Queries, enteredBefore: Date): Promise<{ sha256: string; entryId: string }[]> {
  return db.query<{ sha256: string; entryId: string }>(
    `SELECT encode(sha256, 'hex') AS sha256, entry_id AS "entryId" FROM manifest
      WHERE state = 'ENTERED' AND state_at < $1 ORDER BY random() LIMIT 100`,
    [enteredBefore],
  );
}

const contextOf = (id: string) => `manifest:${id}:sections`;

const INSERT = `
  INSERT INTO manifest (id, attestation_id, purpose, round, sha256, sm3, manifest, sections_cipher)
  VALUES ($1, $2, $3, $4, decode($5, 'hex'), decode($6, 'hex'), $7, $8)
  ON CONFLICT (attestation_id, purpose, round) DO NOTHING`;
