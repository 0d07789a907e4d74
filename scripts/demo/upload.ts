// SPDX-License-Identifier: Apache-2.0
// Sends a file by tus, in pieces read from disk when they are due: a file of any size takes the same memory.
import { createReadStream, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { sendByTus } from '../http/tus.ts';
import { eventually } from '../processes/eventually.ts';
import { Failure } from '../processes/failure.ts';
import type { Session } from './session.ts';

const CHUNK_BYTES = 8 * 1024 * 1024;
const RETRY_DELAYS_MS = [500, 1_000, 2_000, 5_000, 10_000];
/** Hashing and storing follow the last byte. */
const COMPLETE_WITHIN_MS = 30 * 60_000;
const POLL_MS = 250;
const MIB = 1024 * 1024;

const statusSchema = z.object({ state: z.string(), size: z.string(), mediaType: z.string().nullable() });

export interface Stored {
  id: string;
  size: number;
  mediaType: string | null;
}

export async function uploadFile(session: Session, file: string, say: (line: string) => void): Promise<Stored> {
  const size = statSync(file).size;
  const id = await send(session, { source: createReadStream(file), size, name: path.basename(file), say });
  return { id, ...(await stored(session, id)) };
}

/** `hopeless` says why nothing is to be waited for any more. */
export async function uploadBytes(
  session: Session,
  bytes: Buffer,
  name: string,
  hopeless: () => string | undefined = () => undefined,
): Promise<Stored> {
  const id = await send(session, { source: bytes, size: bytes.length, name, say: () => {} });
  return { id, ...(await stored(session, id, hopeless)) };
}

interface Sending {
  source: Buffer | ReturnType<typeof createReadStream>;
  size: number;
  name: string;
  say: (line: string) => void;
}

async function send(session: Session, { source, size, name, say }: Sending): Promise<string> {
  let told = 0;
  const onProgress = (sent: number) => {
    const tenth = Math.floor((sent * 10) / Math.max(1, size));
    if (tenth <= told || size < 10 * MIB) return;
    told = tenth;
    say(`uploaded ${Math.round(sent / MIB)} of ${Math.round(size / MIB)} MiB`);
  };
  const options = { chunkSize: CHUNK_BYTES, retryDelays: RETRY_DELAYS_MS, onProgress };
  return sendByTus(session.visitor, { source, size, name }, options).catch((error: Error) => {
    throw new Failure(`the upload of ${name} failed: ${error.message}`);
  });
}

async function stored(session: Session, id: string, hopeless?: () => string | undefined): Promise<Omit<Stored, 'id'>> {
  let status: z.output<typeof statusSchema> | undefined;
  const isOver = async () => {
    status = await session.get(`/upload-status/${id}`, statusSchema);
    return status.state !== 'RECEIVING';
  };
  const what = 'the upload to be stored';
  await eventually(isOver, { what, withinMs: COMPLETE_WITHIN_MS, everyMs: POLL_MS, ...(hopeless && { hopeless }) });
  if (status?.state !== 'COMPLETE') throw new Failure(`the upload ended as ${status?.state}`);
  return { size: Number(status.size), mediaType: status.mediaType };
}
