// SPDX-License-Identifier: Apache-2.0
// The content store in a bucket that speaks S3. A content is one object under `data/`, sent in parts while its CID is
// computed, and counts once `content/<cid>` names it: a kill leaves at most data that nothing names. Each part is checked by
// the service against its digest; what comes back wrong is found by whoever decrypts it.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { S3 } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { parseCid } from './cid.ts';
import { type ByteRange, type ContentStore, ContentStoreError } from './content-store.ts';
import { importBlocks } from './import-blocks.ts';
import { isAbsent, translated } from './s3-errors.ts';
import { S3Parts } from './s3-parts.ts';

/** Read at a time, so that a reader may be slow and a connection that breaks costs little. */
const WINDOW_BYTES = 4_194_304;
const READ_TRIES = 3;
const READ_AGAIN_MS = 200;
const REQUEST_TRIES = 4;
const CONNECT_WITHIN_MS = 5_000;
/** A service that is silent for longer counts as unavailable. */
const SILENT_MS = 30_000;
const MOST_CONNECTIONS = 16;

export interface S3Place {
  /** Amazon's own unless given. */
  endpoint?: string | undefined;
  region: string;
  bucket: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

const pointerSchema = z.strictObject({
  v: z.literal(1),
  data: z.string().regex(/^data\/[0-9a-f-]{36}$/),
  size: z.int(),
});

type Pointer = z.output<typeof pointerSchema>;

export function createS3Store(place: S3Place, { silentMs = SILENT_MS } = {}): ContentStore {
  const { bucket: Bucket } = place;
  let opened: Promise<S3> | undefined;
  const client = () => {
    opened ??= openClient(place, silentMs);
    return opened;
  };
  const pointerOf = async (cid: string) => readPointer(await client(), Bucket, keyOf(cid));
  const remove = async (Key: string) => void (await (await client()).deleteObject({ Bucket, Key }).catch(failed));

  return {
    async put(bytes) {
      const s3 = await client();
      const data = `data/${randomUUID()}`;
      const { cid, size } = await send(new S3Parts(s3, Bucket, data), bytes);
      const Key = keyOf(cid);
      const before = await readPointer(s3, Bucket, Key);
      const pointer: Pointer = { v: 1, data, size };
      await s3.putObject({ Bucket, Key, Body: JSON.stringify(pointer) }).catch(failed);
      // Stored again, it is mended: the new data counts. Of two at the same time, the one that was written last does.
      const now = await readPointer(s3, Bucket, Key);
      const isOurs = now?.data === data;
      const isOthers = now !== undefined && !isOurs && now.data !== before?.data;
      const left = isOurs ? before?.data : isOthers ? data : undefined;
      if (left) await remove(left);
      return cid;
    },
    get: (cid, range) => read(cid, range),
    async has(cid) {
      const pointer = await pointerOf(cid);
      if (!pointer) return false;
      const found = await (await client()).headObject({ Bucket, Key: pointer.data }).catch(absentOrFailed);
      return found?.ContentLength === pointer.size;
    },
    async delete(cid) {
      const pointer = await pointerOf(cid);
      // The name first: a kill in between must not leave a content that looks whole.
      if (!pointer) return;
      await remove(keyOf(cid));
      await remove(pointer.data);
    },
  };

  async function* read(cid: string, range: ByteRange | undefined): AsyncGenerator<Uint8Array> {
    let pointer = await pointerOf(cid);
    if (!pointer) throw new ContentStoreError('content-missing');
    const end = Math.min(range?.end ?? pointer.size, pointer.size);
    for (let start = range?.start ?? 0; start < end; start += WINDOW_BYTES) {
      const window = { start, end: Math.min(end, start + WINDOW_BYTES) };
      let bytes = await readWindow(await client(), { Bucket, Key: pointer.data, ...window });
      if (!bytes) {
        // Stored again since: other data has its name.
        const now = await pointerOf(cid);
        if (!now || now.data === pointer.data) throw new ContentStoreError(now ? 'content-damaged' : 'content-missing');
        pointer = now;
        bytes = await readWindow(await client(), { Bucket, Key: pointer.data, ...window });
      }
      if (bytes?.length !== window.end - window.start) throw new ContentStoreError('content-damaged');
      yield bytes;
    }
  }
}

const keyOf = (cid: string): string => `content/${parseCid(cid)}`;

async function openClient({ endpoint, region, credentials }: S3Place, silentMs: number): Promise<S3> {
  // With the first content: most sites keep theirs elsewhere.
  const { S3 } = await import('@aws-sdk/client-s3');
  return new S3({
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    region,
    credentials,
    maxAttempts: REQUEST_TRIES,
    // Content-MD5 and the signed digest of each body say the same, and every service knows them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_WITHIN_MS,
      requestTimeout: silentMs,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: MOST_CONNECTIONS },
      httpsAgent: { maxSockets: MOST_CONNECTIONS },
    },
  });
}

/** Sends the bytes on while their CID is computed; what a failure leaves is taken back. */
async function send(parts: S3Parts, bytes: AsyncIterable<Uint8Array>): Promise<{ cid: string; size: number }> {
  let size = 0;
  const passing = async function* () {
    for await (const piece of bytes) {
      size += piece.length;
      await parts.write(piece);
      yield piece;
    }
  };
  try {
    const cid = await importBlocks(passing(), { put: async (block) => block });
    await parts.end();
    return { cid, size };
  } catch (error) {
    await parts.abort();
    throw error;
  }
}

async function readPointer(s3: S3, Bucket: string, Key: string): Promise<Pointer | undefined> {
  const answer = await s3.getObject({ Bucket, Key }).catch(absentOrFailed);
  const text = await answer?.Body?.transformToString().catch(failed);
  if (text === undefined) return undefined;
  const read = pointerSchema.safeParse(jsonOf(text));
  if (!read.success) throw new ContentStoreError('content-damaged', read.error);
  return read.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Window = { Bucket: string; Key: string } & ByteRange;

/** Undefined when there is no such object. The library tries a request again, but not a body that breaks off. */
async function readWindow(
  s3: S3,
  { Bucket, Key, start, end }: Window,
  tries = READ_TRIES,
): Promise<Uint8Array | undefined> {
  const answer = await s3.getObject({ Bucket, Key, Range: `bytes=${start}-${end - 1}` }).catch(absentOrFailed);
  if (!answer) return undefined;
  try {
    return await answer.Body?.transformToByteArray();
  } catch (error) {
    if (tries <= 1) throw translated(error);
    await sleep(READ_AGAIN_MS);
    return readWindow(s3, { Bucket, Key, start, end }, tries - 1);
  }
}

function failed(error: unknown): never {
  throw translated(error);
}

function absentOrFailed(error: unknown): undefined {
  if (!isAbsent(error)) failed(error);
}
