// SPDX-License-Identifier: Apache-2.0
// Puts a signature into the room that a PDF has for it (pdf/signature-field.ts). It covers every other byte of the file.
import { createHash } from 'node:crypto';
import { type DocumentSigner, type StampTime, signDigest } from '../document-signing/index.ts';
import { DomainError } from '../errors.ts';
import { BYTE_RANGE_ROOM, SIGNATURE_ROOM_BYTES } from './pdf/signature-field.ts';

const CONTENTS = '/Contents <';

/** Answers other bytes each time, for signatures are random. Throws DomainError `internal`. */
export async function signPdf(prepared: Buffer, signer: DocumentSigner, stamp?: StampTime): Promise<Buffer> {
  const pdf = Buffer.from(prepared);
  const { rangeAt, from, to } = roomIn(pdf);
  const range = `/ByteRange [0 ${from} ${to} ${pdf.length - to}]`;
  pdf.write(range.padEnd(BYTE_RANGE_ROOM.length), rangeAt, 'latin1');
  const digest = createHash('sha256').update(pdf.subarray(0, from)).update(pdf.subarray(to)).digest();
  const signature = await signDigest(signer, digest, stamp);
  if (signature.length > SIGNATURE_ROOM_BYTES)
    throw new DomainError('internal', { reason: 'signature-too-long', size: signature.length });
  pdf.write(signature.toString('hex'), from + 1, 'latin1');
  return pdf;
}

/** Where the range is written, and where the signature begins and ends, its brackets included. */
function roomIn(pdf: Buffer): { rangeAt: number; from: number; to: number } {
  const rangeAt = pdf.indexOf(BYTE_RANGE_ROOM, 0, 'latin1');
  const isOnly = rangeAt >= 0 && pdf.indexOf(BYTE_RANGE_ROOM, rangeAt + 1, 'latin1') < 0;
  const from = pdf.indexOf(CONTENTS, rangeAt, 'latin1') + CONTENTS.length - 1;
  const to = from + 2 * SIGNATURE_ROOM_BYTES + 2;
  if (!isOnly || pdf[to - 1] !== '>'.charCodeAt(0)) throw new DomainError('internal', { reason: 'no-signature-room' });
  return { rangeAt, from, to };
}
