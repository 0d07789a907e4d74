// SPDX-License-Identifier: Apache-2.0
// The driver for checks by an outside service, against a server on this machine that checks every signature.
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { expectStatus, type PortalMember, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { accountIdOf, staffMember } from '../../../test/support/staff.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { DomainError } from '../errors.ts';
import { NotYet } from '../queue/outbox-worker.ts';
import { createSignedCheck } from './identity-check.ts';

const KEY = 'a key that both sides know';
const PERSON = { name: '林小鹤', idNumber: '370102199003072417' };

type Answer = (response: ServerResponse, request: { requestId: string }) => void;

/** The service: refuses whatever is not signed with the key, and answers as it is told to. */
class Service {
  answer: Answer = answering('MATCH');
  readonly asked: Record<string, string>[] = [];
  refused = 0;
  readonly server = createServer((request, response) => void this.serve(request, response));

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1/checks`; // a TCP server's address is never a string
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { 'x-app-id': appId, 'x-timestamp': timestamp, 'x-signature': signature } = request.headers;
    if (signature !== sign([request.method, request.url, appId, timestamp, sha256(body)].join('\n'))) {
      this.refused += 1;
      response.writeHead(401).end();
      return;
    }
    const person = JSON.parse(body);
    this.asked.push(person);
    this.answer(response, person);
  }
}

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
const sign = (content: string) => createHmac('sha256', KEY).update(content).digest('hex');

function answering(outcome: string, { of }: { of?: string } = {}): Answer {
  return (response, { requestId }) => {
    const body = JSON.stringify({ requestId: of ?? requestId, outcome });
    response.setHeader('X-Signature', sign(`${requestId}\n${sha256(body)}`));
    response.end(body);
  };
}

const status =
  (code: number, headers = {}): Answer =>
  (response) =>
    void response.writeHead(code, headers).end();

describe('identity checks by an outside service', function () {
  this.timeout(60_000);
  const service = new Service();
  let url: string;
  before(async () => {
    url = await service.start();
  });
  after(() => {
    service.server.closeAllConnections();
    service.server.close();
  });

  describe('the signed driver', () => {
    const failureOf = async (answer: Answer, key = KEY): Promise<unknown> => {
      service.answer = answer;
      return createSignedCheck({ url, appId: 'inkseal', key, factors: 2 }, 300)
        .check(PERSON)
        .catch((error: unknown) => error);
    };
    const codeOf = async (answer: Answer, key?: string) => {
      const failure = await failureOf(answer, key);
      return failure instanceof DomainError ? failure.code : failure;
    };

    it('when the service answers › hands on what it says', async () => {
      for (const outcome of ['MATCH', 'MISMATCH', 'NO_RECORD'])
        expect(await failureOf(answering(outcome))).to.equal(outcome);
      const { requestId: _, ...sent } = service.asked.at(-1) ?? {};
      expect(sent).to.deep.equal(PERSON);
    });

    it('when the service is slow, gone or broken › says that it is not ready', async () => {
      expect(await codeOf(() => undefined)).to.equal('not-ready');
      expect(await codeOf((response) => void response.socket?.destroy())).to.equal('not-ready');
      for (const code of [500, 502, 503]) expect(await codeOf(status(code))).to.equal('not-ready');
      expect(await codeOf(status(302, { Location: 'http://127.0.0.1:1/' }))).to.equal('not-ready');
    });

    it('when the service has a rate limit › waits as long as it asks', async () => {
      const failure = await failureOf(status(429, { 'Retry-After': '7' }));
      expect(failure).to.be.instanceOf(NotYet).and.to.have.property('retryMs', 7_000);
    });

    it('when our key is wrong › the service refuses, and that is no answer', async () => {
      const before = service.refused;
      expect(await codeOf(answering('MATCH'), 'another key of ours')).to.equal('internal');
      expect(service.refused).to.equal(before + 1);
    });

    it('when the signature is wrong or missing, the answer old, strange or endless › takes none of it', async () => {
      const forged: Answer = (response, { requestId }) =>
        void response.setHeader('X-Signature', 'f'.repeat(64)).end(JSON.stringify({ requestId, outcome: 'MATCH' }));
      const unsigned: Answer = (response, { requestId }) =>
        void response.end(JSON.stringify({ requestId, outcome: 'MATCH' }));
      const endless: Answer = (response) => void response.end('x'.repeat(20_000));
      const other = answering('MATCH', { of: 'another request' });
      for (const answer of [forged, unsigned, other, answering('MAYBE'), endless])
        expect(await codeOf(answer)).to.equal('internal');
    });
  });

  describe('of a member', () => {
    let portal: TestPortal;
    before(async () => {
      const file = path.join(temporaryFolder(), 'check-key');
      writeFileSync(file, `${KEY}\n`);
      portal = await startPortal({
        environment: {
          IDENTITY_CHECK_DRIVER: 'signed-http',
          IDENTITY_CHECK_URL: url,
          IDENTITY_CHECK_APP_ID: 'inkseal',
          IDENTITY_CHECK_KEY_FILE: file,
          IDENTITY_CHECK_FACTORS: '3',
        },
      });
    });
    after(() => portal.stop());

    const seen = async (member: PortalMember) => {
      const [staff, id] = [await staffMember(portal, 'security-admin'), await accountIdOf(portal, member)];
      const reason = { reason: '核对外部核验的结果' };
      return (await expectStatus(201, staff.post(`/staff/accounts/${id}/identity-views`, reason))).body;
    };

    it('when the service is down › the member is verified at once, and staff see the result when it comes', async () => {
      service.answer = status(503);
      const member = await portal.member({ verified: true });
      expect((await member.get('/me')).body.isVerified).to.equal(true);
      await eventually(async () => service.asked.some(({ phone }) => phone === member.phone));
      expect((await seen(member)).check).to.equal(null);
      service.answer = answering('MISMATCH');
      await eventually(async () => (await checkOf(member)) !== null);
      const view = await seen(member);
      expect(view.check.outcome).to.equal('MISMATCH');
      const sent = service.asked.at(-1);
      expect(sent).to.include({ name: view.name, idNumber: view.idNumber, phone: member.phone });
      expect((await member.get('/me')).body.isVerified, 'it decides nothing').to.equal(true);
    });

    it('when the address changes › keeps the result, and asks nobody again', async () => {
      service.answer = answering('MATCH');
      const member = await portal.member({ verified: true });
      await eventually(async () => (await checkOf(member)) === 'MATCH');
      const before = service.asked.length;
      const contact = { email: 'new@example.org', address: '山东省济南市历下区测试路2号' };
      await expectStatus(200, member.put('/identity/contact', contact));
      expect(await checkOf(member)).to.equal('MATCH');
      expect(service.asked).to.have.length(before);
    });

    const checkOf = async (member: PortalMember) => {
      const [row] = await portal.db.query(
        'SELECT check_outcome FROM identity WHERE account_id = $1 AND superseded_at IS NULL',
        [await accountIdOf(portal, member)],
      );
      return row?.check_outcome;
    };
  });
});
