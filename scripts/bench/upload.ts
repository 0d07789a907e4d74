// SPDX-License-Identifier: Apache-2.0
// A file from the first byte sent to an upload that is complete: received over HTTP, encrypted, hashed twice, read back
// and put into the content store; beside SHA-256, SM3 and a durable copy of the same file.
import { createHash, randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, createReadStream, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import path from 'node:path';
import { openDatabase } from '../../portal-api/src/db/database.ts';
import { runNode } from '../../test/support/processes.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { logInUploader, newAccount, type Uploader } from '../../test/support/uploads-client.ts';
import { portalDatabase } from '../../test/support/uploads-fixture.ts';
import { eventually } from '../processes/eventually.ts';
import { useDurablePostgres } from './durable-postgres.ts';
import { type Figure, median, round, takeTurns } from './figure.ts';

export interface UploadSize {
  bytes?: number;
  rounds?: number;
}

const MIB = 2 ** 20;
/** As the web pages send them. */
const PIECE_BYTES = 32 * MIB;
const SERVER = path.resolve(import.meta.dirname, '../../test/support/uploads-server.ts');
const COMPLETE_WITHIN_MS = 600_000;

export async function measureUpload({ bytes = 512 * MIB, rounds = 3 }: UploadSize = {}): Promise<Figure[]> {
  await useDurablePostgres();
  const folder = temporaryFolder('inkseal-bench-');
  const file = randomFile(path.join(folder, 'original'), bytes);
  const db = openDatabase(await portalDatabase());
  const server = runNode(SERVER, [db.url, path.join(folder, 'data')]);
  try {
    const [, url = ''] = await server.prints(/listening on (\S+)/);
    const uploader = await logInUploader(url, await newAccount(db));
    const sent: number[] = [];
    const ours = async () => void sent.push(await upload(uploader, file));
    const times = await takeTurns(rounds, { ours, bare: () => hashAndCopy(file, path.join(folder, 'copy')) });
    const rate = (times: number[]) => round(bytes / 1e6 / (median(times) / 1e3), 0);
    return [
      {
        name: `upload of ${round(bytes / MIB, 0)} MiB, to complete`,
        unit: 's',
        ours: round(median(times.ours) / 1e3, 2),
        peer: { name: 'SHA-256, SM3 and a durable copy', value: round(median(times.bare) / 1e3, 2) },
        comparison: 'faster',
        target: { on: 'ratio', atLeast: 0.6 },
        details: {
          rounds,
          oursMBs: rate(times.ours),
          peerMBs: rate(times.bare),
          'until the last byte is taken': `${round(median(sent) / 1e3, 2)} s`,
        },
      },
    ];
  } finally {
    await server.kill();
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds until the server has taken the last byte; returns when the upload is complete. */
async function upload(uploader: Uploader, file: string): Promise<number> {
  const startedAt = performance.now();
  const id = await send(uploader, file);
  const sentMs = performance.now() - startedAt;
  const status = await eventually(
    async () => {
      const now = await uploader.status(id);
      return now.state !== 'RECEIVING' && now;
    },
    { what: 'the upload to be complete', withinMs: COMPLETE_WITHIN_MS },
  );
  if (status.state !== 'COMPLETE') throw new RangeError(`the upload is ${status.state}`);
  return sentMs;
}

/** The sender shares the processors with the server, so it takes little of them: each piece is read at once. */
async function send(uploader: Uploader, file: string): Promise<string> {
  const id = await uploader.create(statSync(file).size, 'original');
  const handle = await open(file);
  try {
    const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
    for (let offset = 0; ; ) {
      const { bytesRead } = await handle.read(piece, 0, piece.length, offset);
      if (bytesRead === 0) return id;
      await sendPiece(uploader, { id, offset, piece: piece.subarray(0, bytesRead) });
      offset += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

/** By node:http, which sends the memory as it is; fetch takes three times as long on the processor. */
async function sendPiece(
  { visitor, headers }: Uploader,
  { id, offset, piece }: { id: string; offset: number; piece: Buffer },
): Promise<void> {
  const sending = request(`${visitor.url}/api/v1/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      ...headers,
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': offset,
      'Content-Type': 'application/offset+octet-stream',
      'Content-Length': piece.length,
    },
  }).end(piece);
  const [answer]: IncomingMessage[] = await once(sending, 'response');
  answer?.resume();
  if (answer?.statusCode !== 204) throw new RangeError(`a piece was answered with ${answer?.statusCode}`);
}

async function hashAndCopy(from: string, to: string): Promise<void> {
  const hashes = [createHash('sha256'), createHash('sm3')];
  const copy = await open(to, 'w');
  for await (const chunk of createReadStream(from, { highWaterMark: MIB })) {
    for (const hash of hashes) hash.update(chunk);
    await copy.write(chunk);
  }
  for (const hash of hashes) hash.digest();
  await copy.sync();
  await copy.close();
}

/** Bytes that no file system can make fewer of. */
function randomFile(file: string, bytes: number): string {
  const handle = openSync(file, 'w');
  const block = Buffer.alloc(Math.min(bytes, MIB));
  for (let left = bytes; left > 0; left -= block.length) {
    writeSync(handle, randomFillSync(block), 0, Math.min(left, block.length));
  }
  closeSync(handle);
  return file;
}
