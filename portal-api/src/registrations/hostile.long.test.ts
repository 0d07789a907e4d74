// SPDX-License-Identifier: Apache-2.0
// Who tries what is not theirs: with a guessed id, and acts of other members of staff. Which roles may call which route at all:
// staff-routes.test.ts.
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { isTried, LICENCE, sendGuess, type Theirs, TRIES } from '../../../test/support/guessed-ids.ts';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import {
  type Order,
  type OrdersPortal,
  orderIn,
  paidOrder,
  refuse,
  startOrdersPortal,
  submittedOrder,
} from '../../../test/support/orders.ts';
import { actFor, endMemberships, organisationOf } from '../../../test/support/organisations.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { askRefund, GRANT } from '../../../test/support/refund-requests.ts';
import {
  completeForm,
  decide,
  draftRegistration,
  type Level,
  readRegistration,
  reviewableRegistration,
  savedRegistration,
} from '../../../test/support/registrations.ts';
import { addHolder, personForm } from '../../../test/support/right-holders.ts';
import { searches } from '../../../test/support/searches.ts';
import { accountIdOf, type StaffMember, staffMember } from '../../../test/support/staff.ts';
import { APPROVE, waitingVersion } from '../../../test/support/version-requests.ts';
import { portalOperations } from '../describe.ts';
import { ROLES, type Role } from '../http/members.ts';
import { insertLink } from '../share-links/share-links.store.ts';

const NOT_FOUND = /^(registration|attestation|work|rights-event|file|payment)-not-found$/;
/** What a try could change. What the ledger answers moves the rest by itself. */
const WHOLE = [
  'registration',
  'registration_file',
  'registration_review',
  'payment',
  'refund_request',
  'refund_decision',
  'version_request',
  'share_link',
];
const LINK = { days: 7, maxOpenings: null, label: '' };
const COUNTED = ['work', 'rights_event', 'organisation_member'];

describe('hostile tries', function () {
  this.timeout(120_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let owner: PortalMember;
  let first: StaffMember;
  let staff: StaffMember;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    owner = await portal.member({ verified: true });
    first = await staffMember(portal, 'reviewer');
    staff = await staffMember(portal, ...ROLES);
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  const returnedAndAsked = async (): Promise<{ id: string; request: string }> => {
    const { id } = await reviewableRegistration(owner);
    await expectStatus(200, decide(first, id, { level: 'initial', decision: 'RETURN' }));
    const { body } = await expectStatus(201, askRefund(owner, id, 'registrations'));
    return { id, request: body.id };
  };

  const waitingAt = async (level: Level): Promise<Order> => {
    const registration = await reviewableRegistration(owner);
    if (level === 'final') await expectStatus(200, decide(first, registration.id, { level: 'initial' }));
    return registration;
  };

  /** Without its certificate: this ledger has no chain. */
  const registered = async (): Promise<Order> => {
    const registration = await reviewableRegistration(owner);
    await portal.db.query(
      `UPDATE registration SET state = 'REGISTERED', approved_at = now(), registered_at = now(),
        registration_number = $2 || order_number, certificate_number = order_number WHERE id = $1`,
      [registration.id, '测作登字-2000-F-'],
    );
    return registration;
  };

  const everything = () => {
    const rows = WHOLE.map((table) => `(SELECT json_agg(t ORDER BY t::text) FROM ${table} t) AS ${table}`);
    const counts = COUNTED.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
    return portal.db.query(`SELECT ${[...rows, ...counts].join(', ')}`);
  };

  describe('by a guessed id', () => {
    let organisationId: string;
    let manager: PortalMember;
    let theirs: Theirs;
    before(async () => {
      theirs = await madeByOwner();
      manager = await portal.member();
      organisationId = await organisationOf(portal, [
        [manager, 'MANAGER'],
        [owner, 'CLERK'],
      ]);
      // As if they had made them for the organisation.
      for (const table of ['work', 'attestation', 'registration', 'rights_event'])
        await portal.db.query(`UPDATE ${table} SET organisation_id = $1`, [organisationId]);
      await actFor(owner, null);
    });

    async function madeByOwner(): Promise<Theirs> {
      const attestation = await paidOrder(owner);
      await orderIn('UNDER_REVIEW', owner, attestation.id);
      await refuse(await portal.reviewer(), attestation.id, 'RETURN');
      await expectStatus(201, askRefund(owner, attestation.id));
      const { id } = await returnedAndAsked();
      const work = await registered();
      const made = owner.post(`/works/${work.workId}/rights-events`, { facts: LICENCE });
      const event = (await expectStatus(201, made)).body;
      const draft = await savedRegistration(owner);
      const link = { order: { registrationId: work.id }, madeBy: await accountIdOf(portal, owner), form: LINK };
      const shareLink = await portal.db.transaction((tx) => insertLink(tx, link));
      const unpaid = [await submittedOrder(owner), await submittedOrder(owner)];
      const orders = unpaid.map((order) => ({ kind: 'attestation', id: order.id }));
      const joint = owner.post('/joint-payments', { channel: 'sandbox', orders });
      const jointPayment = (await expectStatus(201, joint)).body;
      const returned = await readRegistration(owner, id);
      return { attestation, returned, registered: work, event, shareLink, jointPayment, draft };
    }

    const expectNothingFound = async (by: PortalClient, name: string, code = NOT_FOUND) => {
      const before = await everything();
      expect((await sendGuess(by, name, theirs)).code, name).to.match(code);
      expect(await everything(), name).to.deep.equal(before);
    };

    it('when the list of operations is read › each with an id is tried', () => {
      const operations = portalOperations().session.filter(isTried);
      expect(operations.map(({ method, path }) => `${method} ${path}`)).to.have.members(Object.keys(TRIES));
    });

    for (const [who, asker] of [
      ['a stranger', () => portal.member({ verified: true })],
      ['the manager of another organisation', () => managerOfAnother()],
      ['whoever made it, acting for themselves,', async () => owner],
    ] as const)
      it(`when ${who} asks › finds nothing, and changes nothing`, async () => {
        const by = await asker();
        for (const name of Object.keys(TRIES)) await expectNothingFound(by, name);
      });

    async function managerOfAnother(): Promise<PortalMember> {
      const founder = await portal.member({ verified: true });
      await organisationOf(portal, [[founder, 'MANAGER']]);
      return founder;
    }

    it('when nobody is logged in › is refused', async () => {
      for (const name of Object.keys(TRIES)) await expectNothingFound(portal.visitor(), name, /^unauthenticated$/);
    });

    it('when a member was removed and the session is open › finds nothing, and changes nothing', async () => {
      const leaver = await portal.member({ verified: true });
      const accountId = await accountIdOf(portal, leaver);
      for (const name of Object.keys(TRIES)) {
        await portal.db.query(
          `INSERT INTO organisation_member (id, organisation_id, account_id, role)
           VALUES (gen_random_uuid(), $1, $2, 'MANAGER')`,
          [organisationId, accountId],
        );
        await actFor(leaver, organisationId);
        await endMemberships(portal, leaver);
        if (!name.startsWith('get ')) await expectNothingFound(leaver, name, /^acting-changed$/);
        await expectNothingFound(leaver, name);
      }
    });

    it('when the organisation itself asks › is found', async () => {
      for (const name of Object.keys(TRIES)) {
        const { status, code = '' } = await sendGuess(manager, name, theirs);
        expect(code, name).not.to.match(NOT_FOUND);
        expect(status, name).to.be.below(500);
      }
    });
  });

  it("when a form names another's right holder › shows no name, fills in none, and takes none", async () => {
    const stranger = await portal.member({ verified: true });
    const holder = await addHolder(stranger, await personForm(stranger, { name: '慕容不疑' }));
    const named = [{ source: 'holder', rightHolderId: holder.id }];
    const draft = await draftRegistration(owner);
    const form = await completeForm(owner, draft, {
      owners: named,
      authors: named,
      applicants: named,
      agent: named[0],
    });
    const saved = await expectStatus(200, owner.put(`/registrations/${draft.id}`, { ...form, version: draft.version }));
    const template = await expectStatus(200, owner.get(`/registrations/${draft.id}/templates/GUARANTEE`));
    const document = strFromU8(unzipSync(template.bytes)['word/document.xml'] ?? new Uint8Array());
    expect(document).to.include('鹤华抱枕').and.not.include('慕容');
    expect(saved.bytes.toString()).not.to.include('慕容');
    const { version } = saved.body;
    const { fields } = await owner.post(`/registrations/${draft.id}/submission`, { version, priceFen: 3_000 });
    for (const place of ['owners.0', 'authors.0', 'applicants.0', 'agent'])
      expect(fields).to.include(`${place}: not-found`);
  });

  describe('an act of staff', () => {
    const askers = new Map<Role, StaffMember>();
    before(async () => {
      await actFor(owner, null);
      for (const role of ROLES) askers.set(role, await staffMember(portal, role));
    });

    const approval = { round: 1, decision: 'APPROVE', reasons: [] };
    const decisionAt = (level: Level) => async () =>
      [`registrations/${(await waitingAt(level)).id}/${level}-decision`, approval] as const;
    const revocation = async () =>
      [`registrations/${(await registered()).id}/revocation`, { reason: 'duplicate' }] as const;
    const askedVersion = async (passer?: PortalClient) => waitingVersion(owner, (await registered()).id, passer);
    const versionAt = (level: Level, passer?: () => PortalClient) => async () =>
      [`version-requests/${await askedVersion(passer?.())}/${level}-decision`, APPROVE] as const;
    const refund = async () => [`refund-requests/${(await returnedAndAsked()).request}/decision`, GRANT] as const;

    for (const [what, role, make] of [
      ['a decision of the first review', 'reviewer', decisionAt('initial')],
      ['a decision of the second review', 'senior-reviewer', decisionAt('final')],
      ['a revocation', 'senior-reviewer', revocation],
      ['a refund', 'finance', refund],
      ['the first review of a new version', 'reviewer', versionAt('initial')],
      ['the second review of a new version', 'senior-reviewer', versionAt('final', () => first)],
    ] as const)
      it(`${what} › when others try it › is done by the role ${role} alone`, async () => {
        const [path, body] = await make();
        const before = await everything();
        for (const [name, by] of [...askers, ['owner', owner] as const]) {
          if (name !== role) expect((await by.post(`/staff/${path}`, body)).code, name).to.equal('forbidden');
        }
        expect(await everything()).to.deep.equal(before);
        expect((await askers.get(role)?.post(`/staff/${path}`, body))?.status).to.be.within(200, 202);
      });

    it('reading › when a role has nothing to do with it › is forbidden', async () => {
      const { id, request } = await returnedAndAsked();
      const payment = (await readRegistration(owner, id)).payment.id;
      const today = new Date().toISOString().slice(0, 10);
      for (const [path, readers] of [
        [`registrations/${id}`, ['reviewer', 'senior-reviewer', 'auditor']],
        [`version-requests/${await askedVersion()}`, ['reviewer', 'senior-reviewer', 'auditor']],
        [`refund-requests/${request}`, ['finance', 'auditor']],
        [`payments/${payment}`, ['finance', 'auditor']],
        ['payments', ['finance', 'auditor']],
        [`payments/reconciliation?day=${today}`, ['finance', 'auditor']],
      ] as const)
        for (const [role, by] of askers) {
          const { code = 'shown' } = await by.get(`/staff/${path}`);
          expect(`${role} ${path} ${code}`).to.equal(
            `${role} ${path} ${readers.some((each) => each === role) ? 'shown' : 'forbidden'}`,
          );
        }
    });
  });

  describe('a search', () => {
    const ENTRIES = [
      "'",
      '"',
      '\\',
      '%',
      '_',
      '%_',
      "' OR '1'='1",
      "'; DROP TABLE registration; --",
      "') OR (1=1",
      '$1',
    ];
    /** The last ones are above what the database holds. */
    const NUMBERS = ['1'.repeat(18), '9'.repeat(18), '9223372036854775808', '9'.repeat(19), '9'.repeat(30)];

    for (const { path, name } of searches())
      it(`${path} › when what is typed is SQL, a pattern, or no number that there is › finds nothing`, async () => {
        const by = path.startsWith('/staff') ? staff : owner;
        for (const text of [...ENTRIES, ...NUMBERS]) {
          const { body } = await expectStatus(200, by.get(`${path}?${name}=${encodeURIComponent(text)}`));
          expect(body.items.length, text).to.equal(0);
        }
      });
  });
});
