// SPDX-License-Identifier: Apache-2.0
// The sections of manifests, for the scrub: what a proof discloses. Each is compared with its digest in the manifest, and
// the manifest with the digest that went on record.
import { type Manifest, manifestDigests, sectionDigest } from '@inkseal/verifier';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { requireMatch, type StoredKind } from '../storage/stored-kind.ts';
import { sectionsOfManifest } from './manifests.store.ts';

export function storedManifests(db: Database, vault: Vault): StoredKind {
  return {
    kind: 'manifest',
    async list(after, limit) {
      const where = { id: { gt: after }, sectionsCipher: { not: null } };
      const rows = await db.prisma.manifest.findMany({
        where,
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const row = await db.prisma.manifest.findUnique({ where: { id }, select: { sha256: true, manifest: true } });
      if (!row) return undefined;
      const sections = await sectionsOfManifest(db.prisma, vault, id);
      const manifest: Manifest = {
        v: 1,
        sections: sections.map((section) => ({ name: section.name, sha256: sectionDigest(section) })),
      };
      const { sha256 } = await manifestDigests(manifest);
      requireMatch(Buffer.from(row.sha256).toString('hex') === sha256, 'sections');
      return [Buffer.from(JSON.stringify(sections))];
    },
  };
}
