// SPDX-License-Identifier: Apache-2.0
// ClamAV's daemon for a test: on a free port, with one signature of our own, gone with the test. And a stand-in that answers
// whatever a test wants.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { clamd } from '../../portal-api/src/malware/index.ts';
import { type Child, launch } from '../../scripts/processes/child.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from './eventually.ts';
import { findProgram } from './programs.ts';
import { temporaryFolder, untilExit } from './temporary.ts';

/** What the signature finds. Harmless: no list of anybody else has it. */
export const FOUND_TEXT = 'inkseal: bytes that only our own signature knows';
export const FINDING = 'Inkseal.Test.Signature.UNOFFICIAL';
const MAX_BYTES = 3_145_728;

/** The path of clamd on this machine, if there is one. */
export const findClamd = (): string | undefined => findProgram('CLAMD_BIN', 'clamd', '../sbin/clamd');

export interface Clamd extends Child {
  port: number;
  socket: string;
  maxBytes: number;
}

/** Give a port again to start one that was stopped. */
export async function startClamd(program: string, { port }: { port?: number } = {}): Promise<Clamd> {
  const folder = temporaryFolder();
  const place = port ?? (await freePort());
  const [database, socket, file] = ['database', 'clamd.sock', 'clamd.conf'].map((name) => path.join(folder, name));
  if (!database || !socket || !file) throw new RangeError('three paths');
  mkdirSync(database);
  writeFileSync(
    path.join(database, 'own.ndb'),
    `Inkseal.Test.Signature:0:*:${Buffer.from(FOUND_TEXT).toString('hex')}\n`,
  );
  const settings = {
    Foreground: 'yes',
    DatabaseDirectory: database,
    LocalSocket: socket,
    TCPAddr: '127.0.0.1',
    TCPSocket: place,
    StreamMaxLength: MAX_BYTES,
    MaxFileSize: MAX_BYTES,
    MaxScanSize: MAX_BYTES,
    AlertExceedsMax: 'yes',
  };
  writeFileSync(
    file,
    Object.entries(settings)
      .map((each) => `${each.join(' ')}\n`)
      .join(''),
  );
  const child = await launch({
    name: 'clamd',
    command: program,
    args: [`--config-file=${file}`],
    cwd: folder,
    logFile: path.join(folder, 'clamd.log'),
  });
  const scanner = clamd({ address: { host: '127.0.0.1', port: place }, maxBytes: MAX_BYTES, withinMs: 10_000 });
  await eventually(
    () =>
      scanner.scan(nothing()).then(
        () => true,
        () => false,
      ),
    { withinMs: 30_000 },
  );
  return untilExit({ ...child, port: place, socket, maxBytes: MAX_BYTES });
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('nothing');
}

export interface ScannerStandIn {
  port: number;
  /** Bytes that came in answer to the last INSTREAM. */
  received(): number;
  stop(): Promise<void>;
}

/** `answer` is given the socket once `INSTREAM` was asked for, and again for each piece that comes. */
export async function standInForClamd(
  answer: (socket: Socket, received: Buffer) => void,
  version = 'ClamAV 1.4.6/27000/Mon Nov 30 00:00:00 2026',
): Promise<ScannerStandIn> {
  const sockets = new Set<Socket>();
  let received = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    let bytes = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (part: Buffer) => {
      bytes = Buffer.concat([bytes, part]);
      if (bytes.toString('latin1').startsWith('zVERSION\0')) return void socket.end(`${version}\0`);
      received = bytes.length;
      answer(socket, bytes);
    });
  });
  const port = await listen(server);
  return {
    port,
    received: () => received,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Whether the empty piece at the end has come. */
export const isAtEnd = (bytes: Buffer): boolean => bytes.subarray(-4).equals(Buffer.alloc(4));

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}
