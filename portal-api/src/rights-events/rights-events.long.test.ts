// SPDX-License-Identifier: Apache-2.0
// Owners put licences, transfers and disputes of a certified work on record, and others try to.
import { parseBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { archivedWork, type Order } from '../../../test/support/orders.ts';
import { expectStatus, PASSWORD, type PortalMember, uploadFile } from '../../../test/support/portal.ts';
import { paper } from '../../../test/support/registrations.ts';
import { discardUploads } from '../uploads/index.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';

const LICENCE = {
  kind: 'LICENCE',
  licensee: '济南云鹤文化有限公司',
  exclusivity: 'EXCLUSIVE',
  rights: ['R12', 'R05'],
  territory: '中国大陆',
  from: '2026-01-01',
  to: '2028-12-31',
};
const TRANSFER = { kind: 'TRANSFER', transferee: '李小明', rights: ['R05'], transferredOn: '2026-02-01' };
const DISPUTE = {
  kind: 'DISPUTE',
  status: 'OPEN',
  claimant: '王大力',
  matter: '对方称图案抄袭其二〇二四年的作品。',
  raisedOn: '2026-03-01',
  court: '济南市中级人民法院',
  caseNumber: '（2026）鲁01民初1号',
};
const settled = (cites: string) => ({
  kind: 'DISPUTE',
  status: 'SETTLED',
  cites,
  outcome: '法院驳回对方全部请求。',
  settledOn: '2026-05-01',
});

describe('events of a work’s rights', function () {
  this.timeout(240_000);
  let portal: CertificatesPortal;
  let owner: PortalMember;
  let stranger: PortalMember;
  let workId: string;
  before(async () => {
    portal = await startCertificatesPortal();
    owner = await portal.member({ verified: true });
    stranger = await portal.member({ verified: true });
    workId = (await certifiedOrder(portal, owner)).workId;
  });
  after(() => portal.stop());

  const record = (facts: object, more: object = {}, member = owner) =>
    member.post(`/works/${workId}/rights-events`, { facts, ...more });
  const recorded = async (facts: object, more: object = {}): Promise<Order> =>
    (await expectStatus(201, record(facts, more))).body;
  const read = async (id: string): Promise<Order> => (await expectStatus(200, owner.get(`/rights-events/${id}`))).body;
  const timeline = async (): Promise<Order> =>
    (await expectStatus(200, owner.get(`/works/${workId}/rights-events`))).body;

  describe('is refused', () => {
    it('when the work is another’s › as if there were none', async () => {
      expect((await record(LICENCE, {}, stranger)).code).to.equal('work-not-found');
      expect((await stranger.get(`/works/${workId}/rights-events`)).code).to.equal('work-not-found');
      expect((await portal.visitor().get(`/works/${workId}/rights-events`)).code).to.equal('unauthenticated');
      const { id } = await recorded(LICENCE);
      expect((await stranger.get(`/rights-events/${id}`)).code).to.equal('rights-event-not-found');
      expect((await stranger.get(`/rights-events/${id}/bundle`)).code).to.equal('rights-event-not-found');
    });

    it('when the work is neither certified nor registered', async () => {
      const plain = await archivedWork(owner);
      const answer = await owner.post(`/works/${plain}/rights-events`, { facts: LICENCE });
      expect(answer.code).to.equal('work-not-on-record');
      const { canRecord, steps } = (await expectStatus(200, owner.get(`/works/${plain}/rights-events`))).body;
      expect({ canRecord, steps }).to.deep.equal({ canRecord: false, steps: [] });
    });

    it('when a personal right is licensed or transferred › at the field', async () => {
      expect((await record({ ...LICENCE, rights: ['R05', 'R01'] })).fields).to.deep.equal([
        'facts.rights.1: not-an-option',
      ]);
      expect((await record({ ...TRANSFER, rights: ['R04'] })).fields).to.deep.equal(['facts.rights.0: not-an-option']);
    });

    it('when dates are reversed, in the future or none › at the field', async () => {
      expect((await record({ ...LICENCE, from: '2027-01-01', to: '2026-12-31' })).fields).to.deep.equal([
        'facts.to: out-of-range',
      ]);
      expect((await record({ ...TRANSFER, transferredOn: '2999-01-01' })).fields).to.deep.equal([
        'facts.transferredOn: in-future',
      ]);
      expect((await record({ ...LICENCE, from: '2026-02-30' })).fields).to.deep.equal(['facts.from: malformed']);
    });

    it('when much is missing › names every field', async () => {
      expect((await record({ kind: 'LICENCE', rights: ['R17', 'R17'], licensee: ' ' })).fields).to.deep.equal([
        'facts.exclusivity: missing',
        'facts.from: missing',
        'facts.licensee: missing',
        'facts.rights: duplicate',
        'facts.rightsNote: missing',
        'facts.territory: missing',
      ]);
      expect((await record({ kind: 'CERTIFICATE' })).fields).to.deep.equal(['facts.kind: malformed']);
    });

    it('when a text cannot be printed › at the field, with the characters', async () => {
      const answer = await record({ ...LICENCE, licensee: '云鹤\u{1f9a9}', territory: '\u{12000}' });
      expect(answer.fields).to.deep.equal(['facts.licensee: unprintable', 'facts.territory: unprintable']);
      expect((await record({ ...TRANSFER, transferee: '李\u0000' })).fields).to.deep.equal([
        'facts.transferee: malformed',
      ]);
    });

    it('when a document is another’s, of a wrong type or there twice › at the field', async () => {
      const foreign = await uploadFile(stranger, '合同.pdf', paper('foreign'));
      const sound = await uploadFile(owner, '录音.mp3', Buffer.from('ID3\u0003\u0000\u0000\u0000\u0000\u0000\u0000'));
      const contract = await uploadFile(owner, '合同.pdf', paper('contract'));
      const answer = await record(LICENCE, { documents: [foreign, sound, contract, contract, NOBODY] });
      expect(answer.fields).to.deep.equal([
        'documents.0: not-found',
        'documents.1: type-not-allowed',
        'documents.3: duplicate',
        'documents.4: not-found',
      ]);
    });

    it('when a dispute that is not there, or is settled already, is settled', async () => {
      expect((await record(settled(NOBODY))).fields).to.deep.equal(['facts.cites: not-found']);
      const { id } = await recorded(DISPUTE);
      const licence = await recorded(LICENCE);
      expect((await record(settled(licence.id))).fields).to.deep.equal(['facts.cites: not-found']);
      const both = await Promise.all([record(settled(id)), record(settled(id))]);
      expect(both.map(({ status }) => status).toSorted()).to.deep.equal([201, 422]);
      const outcome = both.find(({ status }) => status === 201)?.body;
      expect(outcome.cites.id).to.equal(id);
      expect((await read(id)).settledBy.recordNumber).to.equal(outcome.recordNumber);
      expect((await record(settled(outcome.id))).fields).to.deep.equal(['facts.cites: not-found']);
    });
  });

  it('when ten arrive at once › all get numbers of their own', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => recorded(TRANSFER)));
    const numbers = new Set(made.map(({ recordNumber }) => recordNumber));
    expect(numbers.size).to.equal(10);
    for (const number of numbers) expect(number).to.match(/^\d{19}$/);
  });

  it('when a request is sent again with its id › makes no second record', async () => {
    const id = crypto.randomUUID();
    const both = await Promise.all([recorded(LICENCE, { id }), recorded(LICENCE, { id })]);
    expect(both[0].recordNumber).to.equal(both[1].recordNumber);
    const other = (await certifiedOrder(portal, stranger)).workId;
    const stolen = await stranger.post(`/works/${other}/rights-events`, { facts: LICENCE, id });
    expect(stolen.code).to.equal('rights-event-not-found');
  });

  it('goes on record in the ledger, with its proof and its place in the history of the work', async () => {
    const contract = await uploadFile(owner, '许可合同.pdf', paper('licence'));
    const { id } = await recorded(LICENCE, { documents: [contract] });
    const early = await owner.get(`/rights-events/${id}/bundle`);
    if (early.status !== 200) expect(early.code).to.equal('record-not-final');
    const event = await eventually(
      async () => {
        const now = await read(id);
        return now.state === 'FINAL' && now;
      },
      { withinMs: 180_000, everyMs: 100 },
    );
    expect(event.number).to.match(/^\d+$/);
    const { bytes } = await expectStatus(200, owner.get(`/rights-events/${id}/bundle`));
    const { statement, sections = [] } = parseBundle(bytes);
    expect(statement).to.include({ kind: 'submission', number: event.number });
    const contentOf = (name: string): Order => sections.find((section) => section.name === name)?.content;
    expect(sections.map(({ name }) => name)).to.deep.equal([
      'event',
      'work',
      'documents',
      'party:1',
      'party:2',
      'person:1',
      'person:2',
    ]);
    expect(contentOf('event')).to.deep.include({
      heading: '权利变动记录',
      basis: '由权利人陈述，平台未作实质审查',
      recordNumber: event.recordNumber,
      kind: 'LICENCE',
      rights: ['R05', 'R12'],
      cites: null,
    });
    expect(JSON.stringify(contentOf('event'))).not.to.contain('云鹤');
    expect(contentOf('party:2')).to.deep.equal({ role: 'licensee', name: contentOf('party:2').name });
    expect(contentOf('party:2').name).to.contain('*');
    expect(contentOf('person:2')).to.deep.equal({ name: LICENCE.licensee });
    expect(contentOf('documents')[0]).to.include({ name: '许可合同.pdf', sha256: event.documents[0].sha256 });
    const { steps, canRecord } = await timeline();
    expect(canRecord).to.equal(true);
    expect(steps[0]).to.include({ kind: 'ATTESTATION', isFinal: true });
    expect(contentOf('work').certificateNumbers).to.deep.equal([steps[0].number]);
    const step = steps.find((each: Order) => each.event?.id === id);
    expect(step).to.include({ kind: 'LICENCE', isFinal: true, number: event.number });
    const looked = await expectStatus(200, portal.visitor().get(`/lookup/${event.number}`));
    expect(looked.body).to.include({ kind: 'submission', status: 'final', isRightsEvent: true });
    expect(looked.bytes.toString()).not.to.contain('云鹤');
  });

  it('keeps its documents while it stands', async () => {
    const contract = await uploadFile(owner, '转让合同.pdf', paper('transfer'));
    await recorded(TRANSFER, { documents: [contract] });
    await portal.db.transaction((tx) => discardUploads(tx, [contract], 'system'));
    expect((await expectStatus(200, owner.get(`/upload-status/${contract}`))).body.state).to.equal('COMPLETE');
  });

  it('when its owner closes the account and erases everything › keeps the number alone', async () => {
    const leaving = await portal.member({ verified: true });
    const order = await certifiedOrder(portal, leaving);
    const { id } = (await expectStatus(201, leaving.post(`/works/${order.workId}/rights-events`, { facts: LICENCE })))
      .body;
    const close = { password: PASSWORD, isUnderstood: true, erasesOrders: true };
    await expectStatus(204, leaving.post('/me/closing', close));
    const [row] = await portal.db.query('SELECT record_number, facts, frozen FROM rights_event WHERE id = $1', [id]);
    expect(row?.facts).to.equal(null);
    expect(JSON.stringify(row)).not.to.match(/鹤|测/);
    const sections = await portal.db.query('SELECT sections_cipher FROM manifest WHERE rights_event_id = $1', [id]);
    expect(sections.every(({ sections_cipher: cipher }) => cipher === null)).to.equal(true);
  });
});
