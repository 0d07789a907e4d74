// SPDX-License-Identifier: Apache-2.0
// 协查, from the letter of a court to what its owner reads of it: over HTTP, on a real ledger.
import { parseBundle, parseTrustFile, verifyBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import { caseForm, decideCase, openedCase, REFUSED, sendLetter } from '../../../test/support/assistance.ts';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import type { Order } from '../../../test/support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { type Level, registeredWork } from '../../../test/support/registrations.ts';
import { accountIdOf, type StaffMember, staffMember } from '../../../test/support/staff.ts';
import { dayInChina } from '../china-time.ts';

const DAY_MS = 86_400_000;
const inDays = (days: number) => dayInChina(new Date(Date.now() + days * DAY_MS));
const secrecy = { reason: '案件侦查需要。', until: inDays(10) };

describe('assistance to courts', function () {
  // On a busy machine it takes minutes to a certificate.
  this.timeout(300_000);
  let portal: CertificatesPortal;
  let owner: PortalMember;
  let reviewers: Record<Level, StaffMember>;
  let order: Order;
  let registration: Order;
  const numbers = () => [order.certificate.number, registration.registrationNumber];
  before(async () => {
    portal = await startCertificatesPortal();
    owner = await portal.member({ verified: true });
    reviewers = {
      initial: await staffMember(portal, 'reviewer'),
      final: await staffMember(portal, 'senior-reviewer'),
    };
    [order, registration] = await Promise.all([certifiedOrder(portal, owner), registeredWork(owner, reviewers)]);
  });
  after(() => portal.stop());

  const open = (by: PortalClient, form: object) => by.post('/staff/assistance-cases', form);
  const read = async (id: string, by: PortalClient = reviewers.initial): Promise<Order> =>
    (await expectStatus(200, by.get(`/staff/assistance-cases/${id}`))).body;
  const granted = async (changes: object = {}): Promise<Order> => {
    const { id } = await openedCase(reviewers.initial, numbers(), changes);
    return (await expectStatus(200, decideCase(reviewers.final, id))).body;
  };
  const addressOf = ({ id, concerned: [first] }: Order, what: string) =>
    `/staff/assistance-cases/${id}/orders/${first.id}/${what}`;
  const fileOf = ({ concerned: [first] }: Order) => `files/${first.files[0].uploadId}`;
  const toldOf = async (by: PortalClient, caseNumber: string): Promise<Order[]> =>
    (await expectStatus(200, by.get('/disclosures'))).body.items.filter(
      (item: Order) => item.caseNumber === caseNumber,
    );
  const messages = async (fileNumber: string): Promise<Order[]> =>
    (await expectStatus(200, owner.get('/messages'))).body.items.filter(
      ({ kind, text }: Order) => kind === 'records-disclosed' && text.zh.body.includes(fileNumber),
    );
  const actsOf = async (id: string): Promise<string[]> => {
    const rows = await portal.db.query('SELECT action FROM audit WHERE subject = $1 ORDER BY seq', [
      `assistance-case:${id}`,
    ]);
    return rows.map(({ action }) => String(action).replace('assistance-case.', ''));
  };

  describe('opening a case', () => {
    it('when fields are wrong › names each of them', async () => {
      const form = await caseForm(reviewers.initial, [], {
        authority: '',
        letters: [],
        parts: ['NAMES', 'NAMES'],
        days: 31,
        secrecy: { reason: '', until: 'soon' },
      });
      expect((await open(reviewers.initial, form)).fields).to.have.members([
        ...['authority: missing', 'letters: too-few', 'numbers: too-few', 'parts: duplicate', 'days: out-of-range'],
        ...['secrecy.reason: missing', 'secrecy.until: malformed'],
      ]);
    });

    it('when numbers mean no certificate, or one twice › names each of them', async () => {
      const { certificate, orderNumber } = order;
      const form = await caseForm(reviewers.initial, [certificate.number, '9999', orderNumber, '测作登字-2026-A-1']);
      const { fields } = await open(reviewers.initial, form);
      expect(fields).to.deep.equal(['numbers.1: not-found', 'numbers.2: duplicate', 'numbers.3: not-found']);
    });

    it('when secrecy would have ended, or lasts longer than two years › names the day', async () => {
      for (const days of [-1, 731]) {
        const form = await caseForm(reviewers.initial, numbers(), { secrecy: { ...secrecy, until: inDays(days) } });
        expect((await open(reviewers.initial, form)).fields).to.deep.equal(['secrecy.until: out-of-range']);
      }
    });

    it('when the letter is of another type, another person or another case › is refused', async () => {
      expect((await sendLetter(reviewers.initial, Buffer.from('<svg/>'))).code).to.equal('unsupported-media-type');
      const theirs = await caseForm(reviewers.final, numbers());
      expect((await open(reviewers.initial, theirs)).fields).to.deep.equal(['letters.0: not-found']);
      await expectStatus(201, open(reviewers.final, theirs));
      expect((await open(reviewers.final, theirs)).fields).to.deep.equal(['letters.0: not-found']);
    });

    it('when members or other roles try it › is forbidden', async () => {
      const form = await caseForm(reviewers.initial, numbers());
      for (const by of [owner, await staffMember(portal, 'finance'), await staffMember(portal, 'auditor')]) {
        expect((await open(by, form)).code).to.equal('forbidden');
        expect((await sendLetter(by)).code).to.equal('forbidden');
      }
    });

    it('when it concerns a record of the person who opens or decides it › is forbidden', async () => {
      const { id } = await openedCase(reviewers.initial, numbers());
      const account = await accountIdOf(portal, owner);
      const role = `INSERT INTO account_role (account_id, role, granted_by) VALUES ($1, 'senior-reviewer', 'test')`;
      await portal.db.query(role, [account]);
      const codes = [(await open(owner, await caseForm(owner, numbers()))).code, (await decideCase(owner, id)).code];
      await portal.db.query('DELETE FROM account_role WHERE account_id = $1', [account]);
      expect(codes).to.deep.equal(['forbidden', 'forbidden']);
    });
  });

  describe('the decision', () => {
    it('when whoever opened it decides, or a reviewer › is refused', async () => {
      const { id } = await openedCase(reviewers.final, numbers());
      expect((await decideCase(reviewers.final, id)).code).to.equal('reviewed-before');
      expect((await decideCase(reviewers.initial, id)).code).to.equal('forbidden');
      expect((await read(id)).state).to.equal('REQUESTED');
    });

    it('when two people decide at once › counts once', async () => {
      const { id } = await openedCase(reviewers.initial, numbers());
      const other = await staffMember(portal, 'senior-reviewer');
      const answers = await Promise.all([decideCase(reviewers.final, id), decideCase(other, id, REFUSED)]);
      expect(answers.map(({ code }) => code)).to.have.members([undefined, 'review-conflict']);
      expect(answers.map(({ status }) => status)).to.include(200);
    });

    it('when it is refused › opens nothing and tells nobody', async () => {
      const { id, caseNumber, concerned } = await openedCase(reviewers.initial, numbers());
      expect((await decideCase(reviewers.final, id, { isApproved: false, words: '' })).fields).to.deep.equal([
        'words: missing',
      ]);
      const { body } = await expectStatus(200, decideCase(reviewers.final, id, REFUSED));
      expect(body).to.deep.include({ state: 'REFUSED', isOpen: false, openUntil: null });
      expect((await reviewers.initial.get(addressOf({ id, concerned }, 'package'))).code).to.equal('disclosure-closed');
      expect(await toldOf(owner, caseNumber)).to.deep.equal([]);
    });
  });

  describe('downloads', () => {
    it('when the case waits, its days are over, or the part was not approved › are refused and not on record', async () => {
      const waiting = await openedCase(reviewers.initial, numbers());
      const over = await granted();
      await portal.db.query(
        `UPDATE assistance_case SET decided_at = decided_at - interval '8 days', open_until = now() WHERE id = $1`,
        [over.id],
      );
      const names = await granted({ parts: ['NAMES'] });
      for (const address of [
        addressOf(waiting, 'package'),
        addressOf(over, 'bundle'),
        addressOf(over, fileOf(over)),
        addressOf(names, 'package'),
        addressOf(names, fileOf(over)),
      ])
        expect((await reviewers.initial.get(address)).code, address).to.equal('disclosure-closed');
      for (const { id } of [waiting, over, names]) expect(await actsOf(id)).not.to.include('disclose');
    });

    it('when auditors, members or guesses of another case ask › are refused', async () => {
      const open = await granted();
      const auditor = await staffMember(portal, 'auditor');
      expect((await read(open.id, auditor)).state).to.equal('GRANTED');
      for (const by of [auditor, owner]) expect((await by.get(addressOf(open, 'bundle'))).code).to.equal('forbidden');
      const other = await granted({ parts: ['PACKAGE'] });
      const mixed = addressOf({ id: other.id, concerned: open.concerned }, 'package');
      expect((await reviewers.initial.get(mixed)).code).to.equal('assistance-case-not-found');
      const foreign = `files/${open.concerned[1].files.at(-1).uploadId}`;
      expect((await reviewers.initial.get(addressOf(open, foreign))).code).to.equal('file-not-found');
      expect((await owner.get(`/staff/assistance-cases/${open.id}`)).code).to.equal('forbidden');
    });

    it('when full names alone were approved › hold them and no contents, and verify', async () => {
      const one = await granted({ parts: ['NAMES'] });
      const { bytes } = await expectStatus(200, reviewers.final.get(addressOf(one, 'bundle')));
      const names = parseBundle(bytes).sections?.map(({ name }) => name.replace(/\d+$/, ''));
      expect(new Set(names)).to.deep.equal(new Set(['party:', 'person:']));
      const trust = parseTrustFile((await expectStatus(200, portal.visitor().get('/lookup/trust'))).bytes);
      expect((await verifyBundle(bytes, { trust })).verdict).not.to.equal('not-verified');
    });

    it('when contents alone were approved › hold no full name', async () => {
      const one = await granted({ parts: ['CONTENTS'] });
      const { bytes } = await expectStatus(200, reviewers.final.get(addressOf(one, 'bundle')));
      const names = parseBundle(bytes).sections?.map(({ name }) => name) ?? [];
      expect(names).to.include.members(['work', 'files']);
      expect(names.filter((name) => name.startsWith('person:'))).to.deep.equal([]);
    });

    it('when everything was approved › are what the owner has, and each is on record for the owner too', async () => {
      const one = await granted({ fileNumber: '（2026）鲁01民初900号' });
      expect(one).to.deep.include({ isOpen: true, isSecret: false, contact: '承办人 刘法官 0531-88880000' });
      const [{ orderId }] = one.concerned;
      for (const what of ['bundle', 'package']) {
        const handed = await expectStatus(200, reviewers.initial.get(addressOf(one, what)));
        const own = await expectStatus(200, owner.get(`/attestations/${orderId}/${what}`));
        expect(handed.bytes.equals(own.bytes), what).to.equal(true);
      }
      await expectStatus(200, reviewers.final.get(addressOf(one, fileOf(one))));
      expect(await actsOf(one.id)).to.deep.equal([...['open', 'grant', 'tell', 'disclose', 'disclose', 'disclose']]);
      const [told, ...others] = await toldOf(owner, one.caseNumber);
      expect(others).to.have.length(1);
      expect(told).to.deep.include({ fileNumber: one.fileNumber, authority: one.authority, wasSecret: false, orderId });
      expect(told?.disclosures.map(({ part }: Order) => part)).to.have.ordered.members([
        ...['NAMES', 'CONTENTS', 'PACKAGE', 'ORIGINALS'],
      ]);
      expect(await messages(one.fileNumber)).to.have.length(2);
      expect(await toldOf(await portal.member({ verified: true }), one.caseNumber)).to.deep.equal([]);
    });
  });

  describe('secrecy', () => {
    it('when the letter demands it › the owner learns nothing until it ends, and then once', async () => {
      const fileNumber = '济公（经）调证〔2026〕7号';
      const one = await granted({ fileNumber, secrecy });
      await expectStatus(200, reviewers.initial.get(addressOf(one, 'package')));
      await portal.sweep(new Date());
      expect([await toldOf(owner, one.caseNumber), await messages(fileNumber)]).to.deep.equal([[], []]);
      expect(await read(one.id)).to.deep.include({ isSecret: true, toldAt: null });
      const after = new Date(new Date(one.secrecy.until).getTime() + 1);
      await Promise.all([portal.sweep(after), portal.sweep(after)]);
      expect(await messages(fileNumber)).to.have.length(2);
      const [told] = await toldOf(owner, one.caseNumber);
      expect(told).to.deep.include({ wasSecret: true });
      expect(told?.disclosures).to.have.length(1);
      expect((await actsOf(one.id)).filter((action) => action === 'tell')).to.have.length(1);
    });
  });

  it('the letter › when staff read it › is what was sent, and the look is on record', async () => {
    const { id, letters } = await openedCase(reviewers.initial, numbers());
    const address = `/staff/assistance-cases/${id}/letters/${letters[0].id}`;
    const { bytes, headers } = await expectStatus(200, reviewers.final.get(address));
    expect(bytes.toString()).to.include('%letter');
    expect(headers.get('content-disposition')).to.include(encodeURIComponent('协查函'));
    expect((await owner.get(address)).code).to.equal('forbidden');
    expect(await actsOf(id)).to.include('look-at-letter');
    const rows = await portal.db.query('SELECT cipher FROM assistance_letter WHERE case_id = $1', [id]);
    expect(Buffer.from(rows[0]?.cipher as Buffer).includes('%letter')).to.equal(false);
  });
});
