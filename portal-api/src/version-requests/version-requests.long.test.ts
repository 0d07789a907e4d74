// SPDX-License-Identifier: Apache-2.0
// 补发 and 变更, from the request to what a stranger finds of both versions: over HTTP, on a real ledger.
import { createHash } from 'node:crypto';
import { parseBundle, parseTrustFile, verifyBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import { type CertificatesPortal, startCertificatesPortal } from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import type { Order } from '../../../test/support/orders.ts';
import { wholeText } from '../../../test/support/pdf-text.ts';
import { expectStatus, type PortalClient, type PortalMember, uploadFile } from '../../../test/support/portal.ts';
import {
  type Level,
  paper,
  readRegistration,
  registeredWork,
  reviewableRegistration,
} from '../../../test/support/registrations.ts';
import { accountIdOf, type StaffMember, staffMember } from '../../../test/support/staff.ts';
import {
  APPROVE,
  amendment,
  askVersion,
  decideVersion,
  REFUSE,
  REISSUE,
} from '../../../test/support/version-requests.ts';

describe('a new version of a certificate (in order)', function () {
  // On a busy machine it takes minutes to a certificate.
  this.timeout(300_000);
  let portal: CertificatesPortal;
  let member: PortalMember;
  let visitor: PortalClient;
  let reviewers: Record<Level, StaffMember>;
  let registration: Order;
  before(async () => {
    portal = await startCertificatesPortal();
    member = await portal.member({ verified: true });
    visitor = portal.visitor();
    reviewers = {
      initial: await staffMember(portal, 'reviewer'),
      final: await staffMember(portal, 'senior-reviewer'),
    };
    registration = await registeredWork(member, reviewers);
  });
  after(() => portal.stop());

  const requestsOf = async (id = registration.id): Promise<Order> =>
    (await expectStatus(200, member.get(`/registrations/${id}/version-requests`))).body;
  const asked = async (form: object = REISSUE): Promise<string> =>
    (await expectStatus(201, askVersion(member, registration.id, form))).body.id;
  const takeBack = () => member.post(`/registrations/${registration.id}/version-requests/withdrawal`, {});
  const issued = async (id: string): Promise<Order> => {
    await expectStatus(200, decideVersion(reviewers.initial, id, 'initial'));
    await expectStatus(200, decideVersion(reviewers.final, id, 'final'));
    await eventually(async () => (await requestsOf()).items[0].state === 'ISSUED', { withinMs: 180_000, everyMs: 200 });
    return readRegistration(member, registration.id);
  };
  const download = async (what: 'certificate' | 'bundle') =>
    (await expectStatus(200, member.get(`/registrations/${registration.id}/${what}`))).bytes;
  const lookUp = async (text: string) =>
    (await expectStatus(200, visitor.get(`/lookup/${encodeURIComponent(text)}`))).body;
  const proofOf = async (number: string) => (await expectStatus(200, visitor.get(`/lookup/${number}/bundle`))).bytes;
  const verified = async (bytes: Uint8Array) => {
    const trust = parseTrustFile((await expectStatus(200, visitor.get('/lookup/trust'))).bytes);
    const { verdict, checks } = await verifyBundle(bytes, { trust });
    return { verdict, status: checks.find(({ name }) => name === 'status')?.outcome };
  };
  const told = async (kind: string): Promise<Order[]> =>
    (await expectStatus(200, member.get('/messages'))).body.items.filter((message: Order) => message.kind === kind);

  describe('asked for', () => {
    afterEach(takeBack);

    it('when the registration is another’s, or has no certificate yet › is refused', async () => {
      const stranger = await portal.member({ verified: true });
      expect((await askVersion(stranger, registration.id)).code).to.equal('registration-not-found');
      expect((await askVersion(visitor, registration.id)).code).to.equal('unauthenticated');
      const waiting = await reviewableRegistration(member);
      expect((await askVersion(member, waiting.id)).code).to.equal('state-conflict');
      expect(await requestsOf(waiting.id)).to.deep.equal({ canAsk: false, items: [] });
    });

    it('when reason, proof or change is missing or wrong › names each field at once', async () => {
      const fields = async (form: object) => (await askVersion(member, registration.id, form)).fields;
      expect(await fields({ kind: 'REISSUE', reason: ' \n' })).to.deep.equal(['reason: missing']);
      const bare = { kind: 'AMENDMENT', reason: '更名。', changes: { title: '鹤影抱枕' } };
      expect(await fields(bare)).to.deep.equal(['documents: missing']);
      const { title } = registration.form;
      expect(await fields(await amendment(member, { title }))).to.deep.equal(['changes: missing']);
      expect(await fields(await amendment(member, { workType: 'MUSIC' }))).to.not.be.empty;
      expect(await fields(await amendment(member, { title: '' }))).to.deep.equal(['changes.title: missing']);
      const foreign = await uploadFile(await portal.member({ verified: true }), '证明.pdf', paper('foreign'));
      expect(await fields({ ...REISSUE, documents: [foreign] })).to.deep.equal(['documents.0: not-found']);
    });

    it('when it is asked for several times at once › one request is open, until it is taken back', async () => {
      const answers = await Promise.all([1, 2, 3].map(() => askVersion(member, registration.id)));
      const codes = answers.map(({ status, code }) => String(code ?? status));
      expect(codes.toSorted()).to.deep.equal(['201', 'version-request-open', 'version-request-open']);
      const { canAsk, items } = await requestsOf();
      expect(canAsk).to.equal(false);
      expect(items[0]).to.include({ kind: 'REISSUE', state: 'INITIAL_REVIEW', reason: REISSUE.reason, answer: null });
      expect(items[0].requestNumber).to.match(/^\d{19}$/);
      expect((await expectStatus(200, takeBack())).body).to.deep.include({ canAsk: true });
      expect((await takeBack()).code).to.equal('version-request-not-found');
      expect((await decideVersion(reviewers.initial, items[0].id, 'initial')).code).to.equal('review-conflict');
    });
  });

  describe('decided', () => {
    afterEach(takeBack);

    it('when one person has both roles › passes it once, and another has to approve', async () => {
      const both = await staffMember(portal, 'reviewer', 'senior-reviewer');
      const id = await asked();
      expect((await decideVersion(both, id, 'final')).code).to.equal('review-conflict');
      await expectStatus(200, decideVersion(both, id, 'initial'));
      expect((await decideVersion(both, id, 'final')).code).to.equal('reviewed-before');
      expect((await decideVersion(reviewers.initial, id, 'final')).code).to.equal('forbidden');
      expect((await requestsOf()).items[0]).to.include({ state: 'FINAL_REVIEW' });
      const { body } = await expectStatus(200, both.get(`/staff/version-requests/${id}`));
      expect(body).to.include({ hasDecided: true, isOwn: false, certificateNumber: registration.certificate.number });
    });

    it('when it is the decider’s own registration › is forbidden', async () => {
      const id = await asked();
      await portal.db.query(`INSERT INTO account_role (account_id, role, granted_by) VALUES ($1, 'reviewer', 'test')`, [
        await accountIdOf(portal, member),
      ]);
      expect((await decideVersion(member, id, 'initial')).code).to.equal('forbidden');
      expect((await expectStatus(200, member.get(`/staff/version-requests/${id}`))).body.isOwn).to.equal(true);
    });

    it('when it is refused › says why, and leaves the certificate as it is', async () => {
      const id = await asked();
      const silent = await decideVersion(reviewers.initial, id, 'initial', { isApproved: false, words: ' ' });
      expect(silent.fields).to.deep.equal(['words: missing']);
      await expectStatus(200, decideVersion(reviewers.initial, id, 'initial', REFUSE));
      expect((await requestsOf()).items[0]).to.include({ state: 'REFUSED', answer: REFUSE.words });
      const [message] = await told('version-refused');
      expect(message?.text.zh.body).to.include(REFUSE.words);
      const { certificate } = await readRegistration(member, registration.id);
      expect(certificate).to.deep.equal(registration.certificate);
      expect(await lookUp(certificate.number)).to.not.have.property('superseded');
    });

    it('auditors read it and its proofs, and decide nothing; every look is recorded', async () => {
      const id = await asked(await amendment(member, { title: '鹤影抱枕' }));
      const auditor = await staffMember(portal, 'auditor');
      const { body } = await expectStatus(200, auditor.get(`/staff/version-requests/${id}`));
      expect(body.changes[0]).to.include({ field: 'title', before: '鹤华抱枕', after: '鹤影抱枕' });
      const [{ uploadId }] = body.documents;
      await expectStatus(200, auditor.get(`/staff/version-requests/${id}/files/${uploadId}/content`));
      const other = registration.documents[0].file.uploadId;
      const foreign = await auditor.get(`/staff/version-requests/${id}/files/${other}/content`);
      expect(foreign.code).to.equal('file-not-found');
      expect((await decideVersion(auditor, id, 'initial')).code).to.equal('forbidden');
      const page = await expectStatus(200, auditor.get('/staff/version-requests?state=INITIAL_REVIEW&limit=1'));
      expect(page.body.items[0]).to.include({ id, kind: 'AMENDMENT', title: '鹤华抱枕' });
      const looks = await portal.db.query('SELECT action FROM audit WHERE subject = $1', [`version-request:${id}`]);
      expect(looks.map(({ action }) => action)).to.include.members(['version-request.look', 'file.read']);
    });
  });

  describe('issued (in order)', () => {
    let first: Order;
    let firstPdf: Buffer;
    let firstBundle: Buffer;
    let second: Order;
    before(async () => {
      first = registration.certificate;
      [firstPdf, firstBundle] = [Buffer.from(await download('certificate')), Buffer.from(await download('bundle'))];
      second = await issued(await asked());
    });

    it('keeps the registration number, and has a number, a document and codes of its own', async () => {
      const { certificate } = second;
      expect(second).to.include({
        state: 'REGISTERED',
        registrationNumber: registration.registrationNumber,
        registeredAt: registration.registeredAt,
      });
      expect(certificate).to.include({ version: 2 });
      for (const own of ['number', 'documentNumber', 'lookupUrl', 'typedCode'])
        expect(certificate[own], own).to.not.equal(first[own]);
      expect((await requestsOf()).items[0]).to.include({ state: 'ISSUED', version: 2, number: certificate.number });
      const [message] = await told('version-issued');
      expect(message?.text.zh.body).to.include(certificate.number);
    });

    it('cites the version before it: number, document and digest, in print and on record', async () => {
      const text = wholeText(Buffer.from(await download('certificate')));
      expect(text)
        .to.include('证书版本')
        .and.include('补发')
        .and.include(first.number)
        .and.include(first.documentNumber);
      expect(wholeText(firstPdf)).to.not.include('证书版本');
      const bytes = await download('bundle');
      const { sections = [] } = parseBundle(bytes);
      const content = JSON.parse(JSON.stringify(sections.find(({ name }) => name === 'version')?.content));
      expect(content).to.include({ version: '2', kind: 'REISSUE' });
      expect(content.supersedes).to.deep.equal({
        number: first.number,
        documentNumber: first.documentNumber,
        sha256: createHash('sha256').update(firstPdf).digest('hex'),
      });
    });

    it('leaves the proof of the earlier one as true as it was', async () => {
      for (const bytes of [firstBundle, await proofOf(first.number), await download('bundle')])
        expect(await verified(bytes)).to.deep.equal({ verdict: 'consistent', status: 'passed' });
    });

    it('is what the look-up shows, and says of the earlier one that it was superseded', async () => {
      const { number } = second.certificate;
      for (const text of [registration.registrationNumber, registration.orderNumber, number])
        expect(await lookUp(text), text)
          .to.include({ number, status: 'final' })
          .and.not.have.property('superseded');
      for (const text of [first.number, first.documentNumber]) {
        const answer = await lookUp(text);
        expect(answer, text).to.include({ number: first.number, status: 'final' });
        expect(answer.superseded.by).to.equal(number);
      }
      const byFile = async (sha256: string) =>
        (await expectStatus(200, visitor.get(`/lookup?fileSha256=${sha256}`))).body.matches.map(
          (match: Order) => match.number,
        );
      expect(await byFile(createHash('sha256').update(firstPdf).digest('hex'))).to.deep.equal([first.number]);
      const sample = registration.documents.find(({ kind }: Order) => kind === 'SAMPLE').file.sha256;
      expect(await byFile(sample)).to.deep.equal([number]);
    });

    it('opens with its own codes alone', async () => {
      const open = (number: string, code: string) => visitor.post(`/lookup/${number}`, { code });
      const { number, typedCode, lookupUrl } = second.certificate;
      for (const code of [first.typedCode, first.lookupUrl.split('#')[1], typedCode])
        expect((await open(first.number, code)).code).to.equal('lookup-code-invalid');
      expect((await open(number, first.typedCode)).code).to.equal('lookup-code-invalid');
      const { body } = await expectStatus(200, open(number, lookupUrl.split('#')[1]));
      expect(body.rightsHistory.map(({ kind, number: each }: Order) => [kind, each])).to.deep.equal([
        ['REGISTRATION', first.number],
        ['REISSUE', number],
      ]);
    });

    it('when it is amended next › prints what changed, and numbers stay without gaps', async () => {
      const third = await issued(await asked(await amendment(member, { title: '鹤影抱枕', renewsPeople: true })));
      expect(third.certificate).to.include({ version: 3 });
      expect(third.form.title).to.equal('鹤影抱枕');
      expect(third.registrationNumber).to.equal(registration.registrationNumber);
      const text = wholeText(Buffer.from(await download('certificate')));
      expect(text).to.include('鹤影抱枕').and.include('变更').and.include(second.certificate.number);
      expect(text).to.include(`登记号RegistrationNo.${registration.registrationNumber}`);
      for (const earlier of [first, second.certificate])
        expect((await lookUp(earlier.number)).superseded.by).to.equal(third.certificate.number);
      const { items } = await requestsOf();
      expect(items[0].changes).to.have.length(1);
      expect(items[0].changes[0]).to.include({ field: 'title', before: '鹤华抱枕', after: '鹤影抱枕' });
      const numbers = await portal.db.query<{ number: string }>(
        'SELECT number FROM manifest WHERE number IS NOT NULL ORDER BY number',
      );
      const values = numbers.map(({ number }) => BigInt(number));
      const lowest = values[0] ?? 0n;
      expect(values).to.deep.equal(values.map((_, index) => lowest + BigInt(index)));
      const timeline = (await expectStatus(200, member.get(`/works/${registration.workId}/rights-events`))).body;
      expect(timeline.steps.map(({ kind }: Order) => kind)).to.deep.equal(['REGISTRATION', 'REISSUE', 'AMENDMENT']);
    });

    it('when the registration is revoked › no version stands, the one on its way neither', async () => {
      const id = await asked();
      await expectStatus(200, decideVersion(reviewers.initial, id, 'initial'));
      const path = `/staff/registrations/${registration.id}/revocation`;
      await Promise.all([
        decideVersion(reviewers.final, id, 'final', APPROVE),
        expectStatus(202, reviewers.final.post(path, { reason: 'facts-untrue' })),
      ]);
      await eventually(async () => (await requestsOf()).items[0].state !== 'ISSUING', { withinMs: 180_000 });
      const issuedRows = await portal.db.query<{ number: string }>(
        'SELECT number FROM certificate WHERE issued_at < now()',
      );
      for (const number of issuedRows.map((row) => String(row.number))) {
        await eventually(async () => (await lookUp(number)).status === 'revoked', { withinMs: 120_000 });
        const isRevoked = async () => (await verified(await proofOf(number))).status === 'failed';
        await eventually(isRevoked, { withinMs: 120_000, everyMs: 1_000 });
      }
      expect((await askVersion(member, registration.id)).code).to.match(/^(state-conflict|version-request-open)$/);
    });
  });
});
