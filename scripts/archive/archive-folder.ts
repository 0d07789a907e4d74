// SPDX-License-Identifier: Apache-2.0
// A folder that is there whole or not at all: it is written beside its place under another name, and renamed at the end. Its
// SHA256SUMS lists every other file in the order of writing, so the same content gives the same bytes.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../processes/failure.ts';

const SUMS = 'SHA256SUMS';
/** Marks a folder of ours that was not finished, and may be removed. */
const MARK = '.unfinished-archive';

export interface ArchiveFolder {
  /** Writes a file; the path is relative, with `/`. Answers its SHA-256. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** A file that is written piece by piece. */
  stream(name: string): Promise<ArchiveStream>;
  /** Writes the list of digests, and gives the folder its name. */
  finish(): Promise<void>;
  /** Removes what was written, unless the folder is finished. */
  close(): Promise<void>;
}

export interface ArchiveStream {
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

/** Throws Failure where the name is taken. */
export async function openArchiveFolder(out: string): Promise<ArchiveFolder> {
  const place = path.resolve(out);
  const part = `${place}.part`;
  await clear(place, part);
  await mkdir(part, { recursive: true });
  await writeFile(path.join(part, MARK), '');
  const sums = await open(path.join(part, SUMS), 'w');
  const note = (name: string, sha256: string) => sums.write(`${sha256}  ${name}\n`);
  const folders = new Set<string>();
  let isOpen = true;

  async function fileOf(name: string): Promise<string> {
    const file = path.join(part, name);
    const folder = path.dirname(file);
    if (!folders.has(folder)) await mkdir(folder, { recursive: true });
    folders.add(folder);
    return file;
  }

  return {
    async write(name, content) {
      await writeFile(await fileOf(name), content);
      const sha256 = createHash('sha256').update(content).digest('hex');
      await note(name, sha256);
      return sha256;
    },
    async stream(name) {
      return streamTo(await open(await fileOf(name), 'w'), (sha256) => note(name, sha256));
    },
    async finish() {
      await sums.sync();
      await sums.close();
      isOpen = false;
      await rm(path.join(part, MARK));
      await rename(part, place);
    },
    async close() {
      if (!isOpen) return;
      await sums.close();
      await rm(part, { recursive: true });
    },
  };
}

async function clear(place: string, part: string): Promise<void> {
  if (existsSync(place)) throw new Failure(`${place} exists already: name a folder that does not`);
  if (!existsSync(part)) return;
  if (!existsSync(path.join(part, MARK)))
    throw new Failure(`${part} exists and is not an archive that was interrupted`);
  await rm(part, { recursive: true });
}

function streamTo(file: FileHandle, onEnd: (sha256: string) => Promise<unknown>): ArchiveStream {
  const digest = createHash('sha256');
  return {
    async write(text) {
      digest.update(text);
      await file.write(text);
    },
    async end() {
      await file.close();
      await onEnd(digest.digest('hex'));
    },
  };
}
