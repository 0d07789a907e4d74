// SPDX-License-Identifier: Apache-2.0
// Clients that reset their connection in the middle of a request or an answer, against a portal as a process of its own.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import sharp from 'sharp';
import { expectStatus, type PortalMember, uploadFile } from '../../../test/support/portal.ts';
import { type PortalProcess, portalProcess } from '../../../test/support/portal-process.ts';
import type { Program } from '../../../test/support/processes.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';

const MIB = 1_048_576;
const TUS = { 'Tus-Resumable': '1.0.0' };
const TUS_BODY = { ...TUS, 'Content-Type': 'application/offset+octet-stream' };

describe('connections that break off', function () {
  this.timeout(90_000);
  let portal: PortalProcess;
  let program: Program;
  let member: PortalMember;
  let content: string;
  let unfinished: string;

  before(async () => {
    const keyFile = path.join(temporaryFolder(), 'ledger-api-key');
    writeFileSync(keyFile, 'test-key\n', { mode: 0o600 });
    portal = await portalProcess({ LEDGER_API_KEY_FILE: keyFile });
    program = await portal.start();
    member = await portal.member();
    content = await originalOfWork();
    const created = await expectStatus(
      201,
      member.sendBytes('POST', '/uploads', new Uint8Array(), { ...TUS, 'Upload-Length': String(16 * MIB) }),
    );
    unfinished = created.headers.get('location')?.split('/').at(-1) ?? '';
  });
  after(() => portal?.remove());

  /** The address of an original of some MiB. */
  async function originalOfWork(): Promise<string> {
    const [width, height] = [1_500, 1_500];
    // Noise does not compress.
    const noise = sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });
    const uploadId = await uploadFile(member, '鹤华.png', await noise.png().toBuffer());
    const work = { title: '鹤华抱枕', files: [{ uploadId }], cover: uploadId, display: [{ uploadId }], state: 'DRAFT' };
    const { id } = (await expectStatus(201, member.post('/works', work))).body;
    const found = `/works/${id}/files/${uploadId}/content`;
    await expectStatus(200, member.get(found));
    return found;
  }

  interface Sent {
    method: string;
    path: string;
    headers?: Record<string, string>;
    /** Announced; half of it is sent. */
    bodyBytes?: number;
    /** The answer begins before the body ends. */
    isAnswered?: boolean;
  }

  async function breakOff(request: Sent, isAtOnce: boolean): Promise<void> {
    const { method, headers = {}, bodyBytes = 0 } = request;
    const { hostname, port } = new URL(portal.url);
    const all = {
      Host: 'localhost',
      Cookie: member.cookie ?? '',
      ...(await member.csrfHeader()),
      ...(bodyBytes > 0 ? { 'Content-Length': String(bodyBytes) } : {}),
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    const sent = (bytes: string | Buffer) => new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
    await once(socket, 'connect');
    await sent([`${method} /api/v1${request.path} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    if (!isAtOnce) await sent(randomBytes(bodyBytes / 2));
    if (!isAtOnce && request.isAnswered) await once(socket, 'data');
    socket.resetAndDestroy();
  }

  const cases: Record<string, () => Sent> = {
    'while they send a form': () => ({
      method: 'POST',
      path: '/works',
      headers: { 'Content-Type': 'application/json' },
      bodyBytes: 60_000,
    }),
    'while they upload': () => ({
      method: 'PATCH',
      path: `/uploads/${unfinished}`,
      headers: { ...TUS_BODY, 'Upload-Offset': '0' },
      bodyBytes: 4 * MIB,
    }),
    'while an upload at a wrong offset is refused': () => ({
      method: 'PATCH',
      path: `/uploads/${unfinished}`,
      headers: { ...TUS_BODY, 'Upload-Offset': '12345678' },
      bodyBytes: 4 * MIB,
      isAnswered: true,
    }),
    'while an unknown upload is refused': () => ({
      method: 'PATCH',
      path: '/uploads/00000000-0000-7000-8000-000000000000',
      headers: { ...TUS_BODY, 'Upload-Offset': '0' },
      bodyBytes: 4 * MIB,
      isAnswered: true,
    }),
    'while an upload is created with its first bytes': () => ({
      method: 'POST',
      path: '/uploads',
      headers: { ...TUS_BODY, 'Upload-Length': String(4 * MIB) },
      bodyBytes: 4 * MIB,
    }),
    'while they send a picture': () => ({
      method: 'POST',
      path: '/identity/images?side=front',
      headers: { 'Content-Type': 'image/png' },
      bodyBytes: 4 * MIB,
    }),
    'while an original is sent to them': () => ({ method: 'GET', path: content, isAnswered: true }),
    'while a range of it is sent to them': () => ({
      method: 'GET',
      path: content,
      headers: { Range: 'bytes=1000-' },
      isAnswered: true,
    }),
  };
  for (const [when, sent] of Object.entries(cases))
    it(`${when} › the process goes on, and serves others`, async () => {
      for (const isAtOnce of [true, false])
        await Promise.all(Array.from({ length: 8 }, () => breakOff(sent(), isAtOnce)));
      await expectStatus(200, member.get('/readyz'));
      expect(program.isRunning(), program.output()).to.equal(true);
      await expectStatus(200, member.get('/healthz'));
      expect(program.output()).to.not.match(/unhandled|uncaught/i);
    });
});
