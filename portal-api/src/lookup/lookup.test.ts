// SPDX-License-Identifier: Apache-2.0
// The public look-up, as strangers, holders of a code and attackers use it.
import { parseBundle, parseTrustFile, verifyAbsence, verifyBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { type Order, orderIn, paidOrder, submittedOrder } from '../../../test/support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { shareLinkCases } from '../../../test/support/share-link-cases.ts';
import { TYPED_TRIES } from '../certificates/unlock.ts';

describe('the public look-up', function () {
  this.timeout(90_000);
  const log: string[] = [];
  let portal: CertificatesPortal;
  let member: PortalMember;
  let order: Order;
  let number: string;
  let visitor: PortalClient;
  before(async () => {
    portal = await startCertificatesPortal({ LOG_LEVEL: 'info' }, (line) => log.push(line));
    member = await portal.member({ verified: true });
    order = await certifiedOrder(portal, member);
    number = order.certificate.number;
    visitor = portal.visitor();
  });
  after(() => portal.stop());

  const longCode = (of: Order = order): string => of.certificate.lookupUrl.split('#')[1];
  const ask = (code: string, of = number) => visitor.post(`/lookup/${of}`, { code });

  describe('by number', () => {
    it('shows what anybody may know, and no name', async () => {
      const { body, headers, bytes } = await expectStatus(200, visitor.get(`/lookup/${number}`));
      expect(body).to.include({ typed: 'certificate-number', number, kind: 'attestation', status: 'final' });
      expect(body.anchor).to.include.keys('transaction', 'block', 'blockHash', 'root', 'index', 'count');
      expect(body.receivedAt).to.equal(order.certificate.receivedAt);
      expect(headers.get('set-cookie')).to.equal(null);
      expect(headers.get('cache-control')).to.equal('public, max-age=0, s-maxage=10');
      expect(bytes.toString()).to.not.match(/鹤华|\*\*|typed_code|bundle/);
    });

    it('takes a number as it is pasted from a PDF or a messenger', async () => {
      const { orderNumber, certificate } = order;
      const pasted = [
        ` ${number.slice(0, 3)} ${number.slice(3)}\n`,
        `\ufeff${number.slice(0, 9)}\u200b${number.slice(9)}\u2060`,
        number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
        `${orderNumber}\u3000`,
        ` ${certificate.documentNumber.toLowerCase()}\u200b`,
      ];
      for (const text of pasted) {
        const { body } = await expectStatus(200, visitor.get(`/lookup/${encodeURIComponent(text)}`));
        expect(body.number, JSON.stringify(text)).to.equal(number);
      }
      for (const part of ['/bundle', ''])
        await expectStatus(200, visitor.get(`/lookup/${encodeURIComponent(` ${number}\u200b`)}${part}`));
      const { sha256 } = order.files[0];
      const found = await visitor.get(`/lookup?fileSha256=${encodeURIComponent(` ${sha256.toUpperCase()}\u200b`)}`);
      expect(found.body.matches).to.have.length(1);
    });

    it('takes the order number too, and says which was typed', async () => {
      const { body } = await expectStatus(200, visitor.get(`/lookup/${order.orderNumber}`));
      expect(body).to.include({ typed: 'order-number', number, status: 'final' });
    });

    it('takes the document number too, and says which was typed', async () => {
      const { documentNumber } = order.certificate;
      const { body } = await expectStatus(200, visitor.get(`/lookup/${documentNumber}`));
      expect(body).to.include({ typed: 'document-number', number, status: 'final' });
      const otherDay = documentNumber.replace(/^C3\d{8}/, 'C320200101');
      for (const wrong of [otherDay, 'C3202611220000000000', 'C3999999999999999999']) {
        expect((await visitor.get(`/lookup/${wrong}`)).code).to.equal('number-not-found');
      }
      for (const wrong of ['C320261122', `${documentNumber}1`, `C4${documentNumber.slice(2)}`]) {
        expect((await visitor.get(`/lookup/${wrong}`)).fields).to.deep.equal(['number: malformed']);
      }
      expect((await visitor.get(`/lookup/${documentNumber}/bundle`)).fields).to.deep.equal(['number: malformed']);
    });

    it('when the certificate is not out, says pending without a number; before payment, nothing', async () => {
      const { orderNumber, id } = await paidOrder(member);
      await orderIn('UNDER_REVIEW', member, id);
      const { body } = await expectStatus(200, visitor.get(`/lookup/${orderNumber}`));
      expect(body).to.include({ typed: 'order-number', number: null, status: 'pending', anchor: null });
      expect(body.receivedAt).to.be.a('string');
      const unpaid = await submittedOrder(member);
      expect((await visitor.get(`/lookup/${unpaid.orderNumber}`)).code).to.equal('number-not-found');
    });

    it('answers for an entry that is not a certificate from the ledger', async () => {
      const submission = await eventually(async () => (await orderIn('CERTIFIED', member, order.id)).submission.number);
      const { body } = await expectStatus(200, visitor.get(`/lookup/${submission}`));
      expect(body).to.include({ typed: 'certificate-number', kind: 'submission', status: 'final', number: submission });
    });

    it('when it was never issued, proves that', async () => {
      const unknown = '100000000000999999';
      expect((await visitor.get(`/lookup/${unknown}`)).code).to.equal('number-not-found');
      const { bytes } = await expectStatus(200, visitor.get(`/lookup/${unknown}/absence`));
      const trust = parseTrustFile((await visitor.get('/lookup/trust')).bytes);
      expect((await verifyAbsence(bytes, { trust })).verdict).to.equal('consistent');
      expect((await visitor.get(`/lookup/${number}/absence`)).code).to.equal('state-conflict');
    });

    for (const wrong of ['0', '01', '-1', '1e3', '18446744073709551616', 'abc', '%27%20OR%201%3D1', '１２３a']) {
      it(`when it is ${wrong}, is refused`, async () => {
        expect((await visitor.get(`/lookup/${wrong}`)).fields).to.deep.equal(['number: malformed']);
      });
    }

    it('when it is the largest there can be, is not found', async () => {
      expect((await visitor.get('/lookup/18446744073709551615')).code).to.equal('number-not-found');
    });
  });

  describe('of a proof', () => {
    it('gives the bytes without manifest and sections, with a fresh status', async () => {
      const { bytes, headers } = await expectStatus(200, visitor.get(`/lookup/${number}/bundle`));
      expect(headers.get('inkseal-status-source')).to.equal('ledger');
      const bundle = parseBundle(bytes);
      expect(bundle).to.not.have.any.keys('manifest', 'sections');
      const trust = parseTrustFile((await visitor.get('/lookup/trust')).bytes);
      expect((await verifyBundle(bytes, { trust })).verdict).to.equal('consistent');
    });
  });

  describe('with a code', () => {
    it('of either kind, gives the whole proof', async () => {
      const { typedCode } = order.certificate;
      const wide = typedCode.replace(/./g, (sign: string) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
      const typed = ` ${typedCode.slice(0, 5).toLowerCase()}-${typedCode.slice(5)} `;
      for (const code of [longCode(), `\u200b${longCode()} \ufeff`, typedCode, typed, wide]) {
        const { body } = await expectStatus(200, ask(code));
        expect(parseBundle(Buffer.from(body.bundle)).sections?.map(({ name }) => name)).to.include('files');
        expect(body).to.include({ number, statusSource: 'ledger' });
        expect(body.certificate.documentNumber).to.equal(order.certificate.documentNumber);
      }
    });

    it('gives the masked name of each person, and in no public answer the full one', async () => {
      const { manifestSha256 } = (await visitor.get(`/lookup/${number}`)).body;
      const { sha256 } = order.files[0];
      const answers = await Promise.all([
        ask(longCode()),
        ask(order.certificate.typedCode),
        ...['', '/bundle', '/absence'].map((part) => visitor.get(`/lookup/${number}${part}`)),
        visitor.get(`/lookup/${order.orderNumber}`),
        visitor.get(`/lookup?fileSha256=${sha256}`),
        visitor.get(`/lookup?manifestSha256=${manifestSha256}`),
      ]);
      for (const { bytes } of answers) {
        expect(bytes.toString()).to.not.match(/测试员|\\u6d4b\\u8bd5\\u5458/i);
      }
      const { sections = [] } = parseBundle(Buffer.from(answers[0]?.body.bundle));
      const names = sections.map(({ name }) => name);
      expect(names).to.include.members(['party:1', 'party:2']);
      expect(names.filter((name) => name.startsWith('person:'))).to.deep.equal([]);
      const party = sections.find(({ name }) => name === 'party:1')?.content;
      expect(party).to.include({ role: 'depositor', name: '测**' });
      const trust = parseTrustFile((await visitor.get('/lookup/trust')).bytes);
      expect((await verifyBundle(Buffer.from(answers[0]?.body.bundle), { trust })).verdict).to.equal('consistent');
    });

    it('that is wrong, answers the same as for a number without certificate', async () => {
      const wrong = ['AAAAAAAAAA', 'A'.repeat(22), 'x', longCode().toLowerCase()];
      for (const asked of [number, '100000000000999999', order.orderNumber, '18446744073709551615']) {
        for (const code of wrong) {
          const { status, body } = await ask(code, asked);
          const { instance: _i, ...problem } = body;
          expect([status, problem.code, problem.details]).to.deep.equal([403, 'lookup-code-invalid', undefined]);
        }
      }
    });

    it('leaves no code in the log', async () => {
      const { typedCode } = order.certificate;
      log.length = 0;
      for (const code of [longCode(), typedCode]) await expectStatus(200, ask(code));
      // A line is written when its answer is over, which may be after the client has it.
      await eventually(() => log.filter((line) => line.includes(`/lookup/${number}`)).length === 2);
      const text = log.join('\n');
      expect(text).to.not.include(longCode());
      expect(text).to.not.include(typedCode);
    });
  });

  it('when short codes are guessed, even at once, stops listening to them; the long one still opens', async () => {
    const other = await certifiedOrder(portal, member);
    const guess = () => ask('AAAAAAAAAA', other.certificate.number);
    await Promise.all(Array.from({ length: TYPED_TRIES + 5 }, guess));
    expect((await ask(other.certificate.typedCode, other.certificate.number)).code).to.equal('lookup-code-invalid');
    await expectStatus(200, ask(longCode(other), other.certificate.number));
    await portal.db.query(`UPDATE certificate SET typed_tries_since = now() - interval '25 hours' WHERE number = $1`, [
      other.certificate.number,
    ]);
    await expectStatus(200, ask(other.certificate.typedCode, other.certificate.number));
  });

  describe('by digest', () => {
    it('of a file, gives number and time and nothing else', async () => {
      const { sha256 } = order.files[0];
      const { body } = await expectStatus(200, visitor.get(`/lookup?fileSha256=${sha256}`));
      expect(body).to.deep.equal({ matches: [{ number, receivedAt: order.certificate.receivedAt }] });
      const { body: none } = await expectStatus(200, visitor.get(`/lookup?fileSha256=${'00'.repeat(32)}`));
      expect(none).to.deep.equal({ matches: [] });
    });

    it('of a file whose owner is not to be found by it, answers as for an unknown file, until they allow it again', async () => {
      const { sha256 } = order.files[0];
      const find = async () => (await expectStatus(200, visitor.get(`/lookup?fileSha256=${sha256}`))).body;
      const choose = (isFoundByFile: unknown, by: PortalClient = member) =>
        by.put(`/attestations/${order.id}/file-lookup`, { isFoundByFile });
      const stranger = await portal.member({ verified: true });
      expect((await choose(false, stranger)).code).to.equal('attestation-not-found');
      expect((await choose('no')).fields).to.deep.equal(['isFoundByFile: malformed']);
      expect((await find()).matches).to.have.length(1);
      for (const isFoundByFile of [false, false, true]) {
        const { body } = await expectStatus(200, choose(isFoundByFile));
        expect(body.isFoundByFile).to.equal(isFoundByFile);
        expect((await find()).matches).to.have.length(isFoundByFile ? 1 : 0);
        expect((await visitor.get(`/lookup/${number}`)).status).to.equal(200);
      }
      const rows = await portal.db.query(
        `SELECT detail::jsonb->'isFoundByFile' AS found FROM audit WHERE action = 'attestation.file-lookup' AND subject = $1 ORDER BY seq`,
        [`attestation:${order.id}`],
      );
      expect(rows).to.deep.equal([{ found: false }, { found: true }]);
    });

    it('of a manifest, gives its number', async () => {
      const { manifestSha256 } = (await visitor.get(`/lookup/${number}`)).body;
      const { body } = await expectStatus(200, visitor.get(`/lookup?manifestSha256=${manifestSha256}`));
      expect(body.matches.map((match: { number: string }) => match.number)).to.deep.equal([number]);
    });

    for (const query of [
      '',
      '?fileSha256=',
      '?fileSha256=AB',
      `?fileSha256=${'0'.repeat(64)}&manifestSha256=${'0'.repeat(64)}`,
    ]) {
      it(`when asked with “${query}”, is refused`, async () => {
        expect((await visitor.get(`/lookup${query}`)).code).to.equal('invalid-request');
      });
    }
  });

  describe('by a share link', () => shareLinkCases(() => ({ portal, member, order, log })));

  it('when a certificate is revoked, says so with time and reason', async () => {
    const other = await certifiedOrder(portal, member);
    const revoked = other.certificate.number;
    const reviewer = await portal.reviewer();
    await expectStatus(202, reviewer.post(`/staff/certificates/${revoked}/revocation`, { reason: 'duplicate' }));
    const { body } = await eventually(async () => {
      const answer = await visitor.get(`/lookup/${revoked}`);
      return answer.body.status === 'revoked' && answer;
    });
    expect(body.revocation.reason).to.equal('duplicate');
    expect((await ask(longCode(other), revoked)).body.status).to.equal('revoked');
  });
});

describe('the public look-up while the ledger is down', function () {
  this.timeout(90_000);
  let portal: CertificatesPortal;
  before(async () => {
    portal = await startCertificatesPortal();
  });
  after(() => portal.stop());

  it('answers from what is stored, and says that the status is of then', async () => {
    const order = await certifiedOrder(portal, await portal.member({ verified: true }));
    const { number, lookupUrl } = order.certificate;
    await portal.ledger.stopService();
    const visitor = portal.visitor();
    expect((await expectStatus(200, visitor.get(`/lookup/${number}`))).body.status).to.equal('final');
    const { headers, bytes } = await expectStatus(200, visitor.get(`/lookup/${number}/bundle`));
    expect(headers.get('inkseal-status-source')).to.equal('stored');
    expect(parseBundle(bytes)).to.not.have.any.keys('manifest', 'sections');
    const { body } = await expectStatus(200, visitor.post(`/lookup/${number}`, { code: lookupUrl.split('#')[1] }));
    expect(body.statusSource).to.equal('stored');
    expect((await visitor.get('/lookup/100000000000999999')).code).to.equal('ledger-unavailable');
    await portal.ledger.startService();
  });
});
