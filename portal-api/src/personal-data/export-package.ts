// SPDX-License-Identifier: Apache-2.0
// The package as a stream: a zip that is never stored, for it holds everything in clear. Originals are read when their turn
// comes; a failure ends the stream with an error, never as a shorter zip.
import { PassThrough, Readable } from 'node:stream';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../db/database.ts';
import { inTurns } from '../storage/turns.ts';
import { ZipFile } from '../storage/zip.ts';
import { type OriginalSource, readOriginal, type StoredUpload } from '../uploads/index.ts';

export interface PackageFile {
  name: string;
  upload: StoredUpload;
}

export interface ExportContent {
  snapshot: Buffer;
  files: readonly PackageFile[];
  images: readonly { name: string; bytes: Buffer }[];
  /** Read when their turn comes. */
  papers: readonly { name: string; read(): Promise<Buffer> }[];
}

export function streamExport(source: OriginalSource, { snapshot, files, images, papers }: ExportContent): Readable {
  const zip = new ZipFile();
  const output = new PassThrough();
  const options = { compress: false };
  zip.addBuffer(snapshot, 'data.json', options);
  for (const { name, bytes } of images) zip.addBuffer(bytes, name, options);
  const inputs = new Set<Readable>();
  const addLater = (name: string, read: () => AsyncIterable<Uint8Array>, size?: number) =>
    zip.addReadStreamLazy(name, { ...options, ...(size !== undefined && { size }) }, (ready) => {
      const input = Readable.from(read(), { objectMode: false });
      inputs.add(input);
      // yazl does not listen to what it is given, and an error that nobody listens to ends the process.
      input.on('error', (error) => output.destroy(error));
      input.once('close', () => inputs.delete(input));
      ready(null, input);
    });
  for (const { name, upload } of files) addLater(name, () => inTurns(readOriginal(source, upload)), upload.size);
  for (const { name, read } of papers) addLater(name, () => inOnePiece(read));
  zip.on('error', (error) => output.destroy(error));
  zip.outputStream.on('error', (error) => output.destroy(error));
  // A reader who leaves closes what is being read for them.
  output.once('close', () => {
    for (const input of inputs) input.destroy();
  });
  zip.outputStream.pipe(output);
  zip.end();
  return output;
}

async function* inOnePiece(read: () => Promise<Buffer>): AsyncGenerator<Buffer> {
  yield await read();
}

export async function filesOf({ upload }: Db, accountId: string): Promise<PackageFile[]> {
  const rows = await upload.findMany({ where: { accountId, state: 'COMPLETE' }, orderBy: { id: 'asc' } });
  return rows.map(({ id, name, declaredSize, state, cid, keyId, wrappedKey, sha256 }) => ({
    name: `files/${id}/${name.replaceAll(/[\\/]/g, '_')}`,
    upload: { id, size: Number(declaredSize), state, cid, keyId, wrappedKey, sha256: sha256 && Buffer.from(sha256) },
  }));
}

/** The pictures of the card, and the member's own. */
export async function imagesOf({ privateImage }: Db, vault: Vault, accountId: string) {
  const rows = await privateImage.findMany({ where: { accountId }, orderBy: { id: 'asc' } });
  return rows.map(({ id, purpose, mediaType, cipher }) => ({
    name: `images/${purpose.toLowerCase()}-${id}.${mediaType === 'image/jpeg' ? 'jpg' : 'webp'}`,
    bytes: vault.decrypt(cipher, `private_image:${id}`),
  }));
}
