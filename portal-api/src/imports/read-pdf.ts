// SPDX-License-Identifier: Apache-2.0
// The PDF of a certificate beside the table that names it. The table is hostile until it is read: it names nothing outside its
// folder, and no link that leads there.
import { constants, type PathLike } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { MAX_PAPER_BYTES, paperTypeOf } from '../papers.ts';

export type PdfFault = 'pdf-missing' | 'pdf-outside' | 'pdf-too-large' | 'not-a-pdf';

/** Never waits for whoever writes into a pipe. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** `name` is a path below the folder. */
export async function readPdf(folder: string, name: string): Promise<Buffer | PdfFault> {
  const root = await realpath(folder);
  const file = path.resolve(root, name);
  if (!file.startsWith(root + path.sep)) return 'pdf-outside';
  const real = await unlessMissing(realpath(file));
  if (real !== undefined && real !== file) return 'pdf-outside';
  return (await unlessMissing(readRegular(file))) ?? 'pdf-missing';
}

async function readRegular(file: PathLike): Promise<Buffer | PdfFault> {
  const handle = await open(file, FLAGS);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return 'pdf-outside';
    if (stat.size > MAX_PAPER_BYTES) return 'pdf-too-large';
    const bytes = await handle.readFile();
    return (await paperTypeOf(bytes)) === 'application/pdf' ? bytes : 'not-a-pdf';
  } finally {
    await handle.close();
  }
}

/** What a name may come to that a person wrote. */
const MISSING = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'EACCES'];

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && MISSING.includes(String(error.code))) return undefined;
    throw error;
  }
}
