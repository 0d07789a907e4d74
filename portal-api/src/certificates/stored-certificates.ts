// SPDX-License-Identifier: Apache-2.0
// What was issued, for the scrub: the PDF; the proof, the look-up codes, and the parts of the package with the verifier's page.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { type OriginalSource, readOriginal } from '../uploads/index.ts';
import {
  bundleOfCertificate,
  codesOfCertificate,
  findStoredPdf,
  listCertificates,
  partsOfCertificate,
} from './certificates.store.ts';
import { readVerifyPage } from './evidence-package.ts';

export function storedCertificates(db: Database, source: OriginalSource): StoredKind {
  return {
    kind: 'certificate',
    list: (after, limit) => listCertificates(db.prisma, { after, limit }),
    async read(id) {
      const found = await findStoredPdf(db.prisma, id);
      if (!found) return undefined;
      return readOriginal(source, { kind: 'certificate', id, state: 'COMPLETE', ...found });
    },
  };
}

export function storedPackages(db: Database, { vault, store }: OriginalSource): StoredKind {
  return {
    kind: 'package',
    list: (after, limit) => listCertificates(db.prisma, { after, limit, isIssued: true }),
    read: async (id) => ((await findStoredPdf(db.prisma, id)) ? readPackage({ db, vault, store }, id) : undefined),
  };
}

async function* readPackage(
  { db, vault, store }: { db: Database; vault: Vault; store: OriginalSource['store'] },
  id: string,
): AsyncGenerator<Uint8Array> {
  yield await bundleOfCertificate(db.prisma, vault, id);
  await codesOfCertificate(db.prisma, vault, id);
  const parts = await partsOfCertificate(db.prisma, vault, id);
  if (!parts) throw new DomainError('stored-object-damaged', { part: 'parts' });
  yield await readVerifyPage(store, parts);
}
