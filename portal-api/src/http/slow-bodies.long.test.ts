// SPDX-License-Identifier: Apache-2.0
import { connect, type Socket } from 'node:net';
import { setInterval as every } from 'node:timers';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { type PortalMember, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { BODY_TIMES } from './slow-bodies.ts';

const USUAL = { ...BODY_TIMES };
/** A window is long beside the pauses of a busy machine, and needs a small part of what an upload sends in it. */
const SHORT = { baseMs: 400, bytesPerSecond: 1_000_000, longestMs: 600, windowMs: 3_000, windowBytes: 4_000 };

describe('slow senders', () => {
  let portal: TestPortal;
  let member: PortalMember;
  before(async () => {
    portal = await startPortal();
    member = await portal.member();
  });
  beforeEach(() => Object.assign(BODY_TIMES, SHORT));
  afterEach(() => Object.assign(BODY_TIMES, USUAL));
  after(() => portal.stop());

  const open = () => connect(Number(new URL(portal.url).port), '127.0.0.1').on('error', () => undefined);
  /** Sends the head, then the piece every 20 ms until the connection ends; answers what came back. */
  async function drip(head: string, piece: Buffer, most = Number.POSITIVE_INFINITY): Promise<string> {
    const socket = open();
    const answer = collect(socket);
    socket.write(head);
    let sent = 0;
    const timer = every(() => {
      if (sent < most) sent += piece.length;
      else return clearInterval(timer);
      socket.write(piece);
    }, 20);
    await closed(socket);
    clearInterval(timer);
    return answer();
  }
  async function uploadOf(size: number): Promise<{ id: string; head: string }> {
    const created = await member.sendBytes('POST', '/uploads', new Uint8Array(), {
      'Tus-Resumable': '1.0.0',
      'Upload-Length': String(size),
    });
    const id = created.headers.get('location')?.split('/').at(-1) ?? '';
    const lines = [
      `PATCH /api/v1/uploads/${id} HTTP/1.1`,
      'Host: portal',
      `Cookie: ${member.cookie}`,
      `X-CSRF-Token: ${member.csrfToken}`,
      'Tus-Resumable: 1.0.0',
      'Upload-Offset: 0',
      'Content-Type: application/offset+octet-stream',
      `Content-Length: ${size}`,
      'Connection: close',
    ];
    return { id, head: `${lines.join('\r\n')}\r\n\r\n` };
  }

  for (const length of ['Content-Length: 9999999', 'Transfer-Encoding: chunked']) {
    it(`when a body of ${length} never ends › answers 408 and closes the connection`, async () => {
      const head = `POST /api/v1/lookup/1 HTTP/1.1\r\nHost: portal\r\nContent-Type: application/json\r\n${length}\r\n\r\n`;
      const answer = await drip(head, Buffer.from(length.startsWith('T') ? '1\r\n \r\n' : ' '));
      expect(answer).to.match(/^HTTP\/1\.1 (408|413) /);
    });
  }

  it("when a body drips within its endpoint's limit › answers 408 with the code", async () => {
    const head =
      'POST /api/v1/lookup/1 HTTP/1.1\r\nHost: portal\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n';
    const answer = await drip(head, Buffer.from(' '));
    expect(answer)
      .to.match(/^HTTP\/1\.1 408 /)
      .and.to.include('"code":"request-timeout"');
  });

  it('when nobody reads the body that drips › still closes the connection', async () => {
    const head = 'GET /healthz HTTP/1.1\r\nHost: portal\r\nContent-Length: 9999\r\n\r\n';
    expect(await drip(head, Buffer.from(' '))).to.match(/^HTTP\/1\.1 200 /);
  });

  it('when an upload comes slower than its least rate › cuts it off and keeps what came', async () => {
    const { id, head } = await uploadOf(100_000);
    expect(await drip(head, Buffer.alloc(10))).to.match(/^HTTP\/1\.1 408 /);
    const received = await eventually(async () => {
      const { receivedBytes } = (await member.get(`/upload-status/${id}`)).body;
      return receivedBytes !== '0' && Number(receivedBytes);
    });
    expect(received).to.be.within(10, 4_000);
  });

  it('when an upload takes longer than any other body, but comes at its least rate › takes it whole', async () => {
    const { id, head } = await uploadOf(200_000);
    const start = performance.now();
    expect(await drip(head, Buffer.alloc(500), 200_000)).to.match(/^HTTP\/1\.1 204 /);
    expect(performance.now() - start)
      .to.be.above(2 * SHORT.windowMs)
      .and.above(2 * SHORT.longestMs);
    expect((await member.get(`/upload-status/${id}`)).body.receivedBytes).to.equal('200000');
  });

  it('when the head of a request drips › closes the connection', async () => {
    const own = await startPortal();
    own.server.headersTimeout = 300;
    const socket = connect(Number(new URL(own.url).port), '127.0.0.1').on('error', () => undefined);
    socket.write('GET /healthz HTTP/1.1\r\nX: ');
    const timer = every(() => socket.write('x'), 20);
    await closed(socket);
    clearInterval(timer);
    await own.stop();
  });
});

function collect(socket: Socket): () => string {
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  return () => Buffer.concat(parts).toString();
}

/** A connection that is reset ends as well. */
const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));
