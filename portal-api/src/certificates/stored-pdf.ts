// SPDX-License-Identifier: Apache-2.0
// The issued PDF in the content store: in a container like an original's, under its own key.
import { createHash } from 'node:crypto';
import type { Vault } from '../crypto/vault.ts';
import { DomainError } from '../errors.ts';
import type { ContentStore } from '../storage/content-store.ts';
import { encryptBytes, type OriginalSource, readOriginal } from '../uploads/index.ts';
import type { CertificateRow, StoredPdf } from './certificates.store.ts';

export async function putPdf(
  { store, vault }: { store: ContentStore; vault: Vault },
  id: string,
  pdf: Buffer,
): Promise<StoredPdf & { sha256: string }> {
  const { keyId, wrappedKey, container } = encryptBytes(vault, id, pdf);
  const cid = await store.put(container());
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  return { cid, size: pdf.length, keyId, wrappedKey: new Uint8Array(wrappedKey), sha256 };
}

/** Throws `stored-object-damaged` for bytes whose digest is not that of the row. */
export async function readPdf(
  source: OriginalSource,
  { id, pdf, pdfSha256 }: Pick<CertificateRow, 'id' | 'pdf' | 'pdfSha256'>,
): Promise<Buffer> {
  if (!pdf || !pdfSha256) throw new DomainError('certificate-not-ready');
  const sha256 = Buffer.from(pdfSha256, 'hex');
  const chunks: Buffer[] = [];
  for await (const chunk of readOriginal(source, { kind: 'certificate', id, state: 'COMPLETE', sha256, ...pdf }))
    chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
