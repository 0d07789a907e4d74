// SPDX-License-Identifier: Apache-2.0
// A registration's certificate, from the approval to what a stranger finds of it: over HTTP, on a real ledger.
import { createHash } from 'node:crypto';
import { parseBundle, parseTrustFile, verifyBundle } from '@inkseal/verifier';
import { openProof } from '@inkseal/verifier/containers';
import { expect } from 'chai';
import { type CertificatesPortal, startCertificatesPortal } from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import type { Order } from '../../../test/support/orders.ts';
import { wholeText } from '../../../test/support/pdf-text.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { type Level, registeredWork, reviewableRegistration } from '../../../test/support/registrations.ts';
import { staffMember } from '../../../test/support/staff.ts';
import { storedFiles } from '../../../test/support/stored-zip.ts';

describe('a registration that is registered', function () {
  // On a busy machine it takes minutes to its certificate.
  this.timeout(240_000);
  let portal: CertificatesPortal;
  let member: PortalMember;
  let visitor: PortalClient;
  let reviewers: Record<Level, PortalClient>;
  let registration: Order;
  let number: string;
  before(async () => {
    portal = await startCertificatesPortal();
    member = await portal.member({ verified: true });
    reviewers = {
      initial: await staffMember(portal, 'reviewer'),
      final: await staffMember(portal, 'senior-reviewer'),
    };
    registration = await registeredWork(member, reviewers);
    number = registration.certificate.number;
    visitor = portal.visitor();
  });
  after(() => portal.stop());

  const download = async (what: 'certificate' | 'package' | 'bundle') =>
    (await expectStatus(200, member.get(`/registrations/${registration.id}/${what}`))).bytes;
  const lookUp = (text: string) => visitor.get(`/lookup/${encodeURIComponent(text)}`);
  const trustFile = async () => parseTrustFile((await expectStatus(200, visitor.get('/lookup/trust'))).bytes);
  /** What the proof says of it. */
  const onRecord = async (): Promise<Order> => {
    const { sections = [] } = parseBundle(await download('bundle'));
    return JSON.parse(JSON.stringify(sections.find(({ name }) => name === 'registration')?.content));
  };

  it('has a certificate that prints its number, its people in full and no legal effect', async () => {
    const text = wholeText(await download('certificate'));
    const { registrationNumber, registeredOn } = await onRecord();
    expect(registrationNumber)
      .to.equal(registration.registrationNumber)
      .and.match(/^测作登字-20\d{2}-F-0000000\d$/);
    const [year, month, day] = registeredOn.split('-').map(Number);
    for (const words of [
      '作品登记证书',
      registrationNumber,
      '作者',
      '著作权人Copyrightowner测试员370',
      '以上事项由测试员申请',
      '测试登记号，不具法律效力',
      `${year}年${month}月${day}日登记日期`,
      registration.orderNumber,
      number,
    ])
      expect(text).to.include(words);
    expect(text)
      .to.not.match(/370102\d{11}/)
      .and.not.include('存证人');
    expect(registration.certificate.isStamped).to.equal(false);
  });

  it('has a proof that the verifier accepts, and a package that fits a registration', async () => {
    const bytes = await download('bundle');
    expect((await verifyBundle(bytes, { trust: await trustFile() })).verdict).to.equal('consistent');
    expect(parseBundle(bytes).statement.kind).to.equal('registration');
    const zip = storedFiles(await download('package'));
    expect(Object.keys(zip)).to.include.members(['certificate.pdf', 'README.zh.md', 'README.en.md', 'verify.html']);
    const originals = Object.keys(zip).filter((name) => name.startsWith('originals/'));
    expect(originals).to.have.length(1);
    const readme = Buffer.from(zip['README.zh.md'] ?? []).toString();
    expect(readme).to.include(registration.registrationNumber).and.include('著作权人 测试员').and.not.include('存证人');
    const english = Buffer.from(zip['README.en.md'] ?? []).toString();
    expect(english)
      .to.include(registration.registrationNumber)
      .and.not.match(/depositor/i);
  });

  it('has a package with its form and documents, which are those on record, and no name but the masked ones', async () => {
    const zip = storedFiles(await download('package'));
    const dossier = JSON.parse(Buffer.from(zip['dossier.json'] ?? []).toString());
    expect(dossier.registration).to.deep.equal(await onRecord());
    expect(dossier.work).to.include({ recordNumber: registration.orderNumber, title: registration.form.title });
    expect(JSON.stringify(dossier)).to.not.match(/测试员|370102/);
    expect(dossier.documents.map(({ kind, entry }: Order) => [kind, entry])).to.deep.equal([
      ['SAMPLE', 'originals/01 鹤华.jpg'],
      ['NON_SERVICE_PLEDGE', 'documents/01 NON_SERVICE_PLEDGE 非职务创作保证书.pdf'],
      ['GUARANTEE', 'documents/02 GUARANTEE 自愿登记权利保证书.pdf'],
    ]);
    for (const { entry, sha256 } of dossier.documents)
      expect(
        createHash('sha256')
          .update(zip[entry] ?? '')
          .digest('hex'),
        entry,
      ).to.equal(sha256);
    expect(Buffer.from(zip['articles.zh.md'] ?? []).toString()).to.include('documents/');
    const bytes = await download('package');
    const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length);
    const { contents, bytes: proof } = await openProof({ size: bytes.length, read });
    const { facts, verdict } = await verifyBundle(proof, { trust: await trustFile(), ...(contents && { contents }) });
    expect(verdict).to.equal('consistent');
    const roles = (facts?.package ?? []).map(({ role }) => role);
    expect(roles.filter((role) => role === 'document')).to.have.length(2);
    expect(roles).to.include('process').and.not.include('unaccounted');
  });

  it('when its registration number is typed or pasted, in any form › is found, once', async () => {
    const printed = registration.registrationNumber;
    const wide = printed.replace(/[\dF-]/g, (sign: string) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    for (const text of [
      printed,
      ` ${printed.replaceAll('-', ' - ')}\n`,
      wide,
      printed.replaceAll('-', '—').toLowerCase(),
      `${printed.replaceAll('-', '')}号`,
    ]) {
      const { body } = await expectStatus(200, lookUp(text));
      expect(body, text).to.include({ typed: 'registration-number', number, kind: 'registration', status: 'final' });
      expect(body.registration).to.deep.equal(await onRecord());
      expect(JSON.stringify(body)).to.not.match(/测试员|鹤华/);
    }
  });

  it('when its other numbers, or the code, are given › is found as well, and says what it is', async () => {
    const { documentNumber, lookupUrl, typedCode } = registration.certificate;
    for (const [text, typed] of [
      [number, 'certificate-number'],
      [documentNumber, 'document-number'],
      [registration.orderNumber, 'order-number'],
    ] as const) {
      const { body } = await expectStatus(200, lookUp(text));
      expect(body).to.include({ typed, number, kind: 'registration' });
      expect(body.registration.registrationNumber).to.equal(registration.registrationNumber);
    }
    for (const code of [lookupUrl.split('#')[1], typedCode]) {
      const { body } = await expectStatus(200, visitor.post(`/lookup/${number}`, { code }));
      const sections = parseBundle(Buffer.from(body.bundle)).sections ?? [];
      expect(sections.map(({ name }) => name)).to.include.members(['rights', 'registration', 'party:1']);
      expect(sections.some(({ name }) => name.startsWith('person:'))).to.equal(false);
      expect(JSON.stringify(sections)).to.not.include('测试员');
    }
  });

  it('when its owner shares it › is shown without its code, with the history of the rights and nobody’s name', async () => {
    const recording = {
      facts: {
        kind: 'LICENCE',
        licensee: '青釉文化有限公司',
        exclusivity: 'NON_EXCLUSIVE',
        rights: ['R05'],
        territory: '中国大陆',
        from: '2026-11-22',
      },
    };
    await expectStatus(201, member.post(`/works/${registration.workId}/rights-events`, recording));
    const path = `/registrations/${registration.id}/share-links`;
    const { url } = (await expectStatus(201, member.post(path, { days: 1, maxOpenings: 1 }))).body;
    const { body, bytes } = await expectStatus(200, visitor.post('/lookup/shared', { token: url.split('#')[1] }));
    expect(body).to.include({ kind: 'registration', number });
    expect(body.registration).to.deep.equal(await onRecord());
    expect(body.rightsHistory.map(({ kind }: Order) => kind)).to.deep.equal(['REGISTRATION', 'LICENCE']);
    expect(body.rightsHistory[1].facts).to.deep.equal({
      kind: 'LICENCE',
      exclusivity: 'NON_EXCLUSIVE',
      rights: ['R05'],
      from: '2026-11-22',
      to: null,
    });
    expect(bytes.toString()).to.not.match(/测试员|青釉/);
    expect((await member.get(path)).body.items[0]).to.include({ state: 'USED_UP', openings: 1 });
  });

  it('when a sample file is given › is found, unless an attestation of the work is closed to that', async () => {
    const original = Object.entries(storedFiles(await download('package'))).find(([name]) =>
      name.startsWith('originals/'),
    );
    const sha256 = createHash('sha256')
      .update(original?.[1] ?? '')
      .digest('hex');
    const find = async () => (await expectStatus(200, visitor.get(`/lookup?fileSha256=${sha256}`))).body.matches;
    expect((await find()).map((match: Order) => match.number)).to.include(number);
    const { id } = (await expectStatus(201, member.post('/attestations', { workId: registration.workId }))).body;
    await expectStatus(200, member.put(`/attestations/${id}/file-lookup`, { isFoundByFile: false }));
    expect((await find()).map((match: Order) => match.number)).to.not.include(number);
  });

  it('when a registration number was never given, or is malformed › is not found, or not a number', async () => {
    for (const unknown of ['测作登字-2026-F-00999999', '鲁作登字-2014-A-005026', '测作登字-2019-F-00000001'])
      expect((await lookUp(unknown)).code, unknown).to.equal('number-not-found');
    for (const wrong of ['测作登字', '测作登字-2026-Z-00000001', "测作登字-2026-F-00000001' OR 1=1"])
      expect((await lookUp(wrong)).fields, wrong).to.deep.equal(['number: malformed']);
    for (const part of ['bundle', 'absence'])
      expect(
        (await visitor.get(`/lookup/${encodeURIComponent(registration.registrationNumber)}/${part}`)).fields,
      ).to.deep.equal(['number: malformed']);
  });

  it('before it is approved › shows nothing to strangers', async () => {
    const waiting = await reviewableRegistration(await portal.member({ verified: true }));
    expect((await lookUp(waiting.orderNumber)).code).to.equal('number-not-found');
  });

  it('when it is revoked › says so, with time and reason, by each of its numbers', async () => {
    const other = await registeredWork(await portal.member({ verified: true }), reviewers);
    const path = `/staff/registrations/${other.id}/revocation`;
    await expectStatus(202, reviewers.final.post(path, { reason: 'facts-untrue' }));
    await eventually(async () => (await lookUp(other.registrationNumber)).body.status === 'revoked', {
      withinMs: 120_000,
    });
    for (const text of [other.registrationNumber, other.certificate.number, other.orderNumber]) {
      const { body } = await expectStatus(200, lookUp(text));
      expect(body, text).to.include({ status: 'revoked' });
      expect(body.revocation.reason).to.equal('facts-untrue');
    }
  });
});
