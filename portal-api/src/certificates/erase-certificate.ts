// SPDX-License-Identifier: Apache-2.0
// Erases what a certificate discloses: its PDF, the salted sections, the parts of its package, and the digests of its files.
// What is left proves that something was put on record at a time; nobody can learn from it what that was.
import { encodeBundle, parseBundle } from '@inkseal/verifier';
import type { Vault } from '../crypto/vault.ts';
import type { Transaction } from '../db/database.ts';
import type { OrderKey } from '../orders/index.ts';
import { bundleOfCertificate, contextOf } from './certificates.store.ts';

/** Every version of it. The key of the PDF goes with its row, so its bytes in the content store are worth nothing. */
export async function eraseCertificates({ prisma }: Transaction, vault: Vault, order: OrderKey): Promise<void> {
  const where = { ...order, erasedAt: null };
  for (const { id, number } of await prisma.certificate.findMany({ where, select: { id: true, number: true } })) {
    const { sections: _, ...proof } = parseBundle(await bundleOfCertificate(prisma, vault, id));
    const bundleCipher = vault.encrypt(encodeBundle(proof), contextOf(id, 'bundle'));
    const gone = {
      pdfCid: null,
      pdfSize: null,
      pdfKeyId: null,
      pdfWrappedKey: null,
      pdfSha256: null,
      partsCipher: null,
    };
    await prisma.certificate.updateMany({ where: { id }, data: { ...gone, bundleCipher, erasedAt: new Date() } });
    await prisma.certificateFile.deleteMany({ where: { number } });
  }
}
