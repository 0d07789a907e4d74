// SPDX-License-Identifier: Apache-2.0
// What staff see of registrations, and what is recorded of their looks.
import { openSession } from '@inkseal/service-kit';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import { type Order, type OrdersPortal, startOrdersPortal } from '../../../test/support/orders.ts';
import { expectStatus, type PortalMember, uploadFile } from '../../../test/support/portal.ts';
import {
  decide,
  draftRegistration,
  paper,
  readRegistration,
  resubmittedRegistration,
  reviewableRegistration,
  submittedRegistration,
} from '../../../test/support/registrations.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';

describe('registrations as staff see them', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  let first: StaffMember;
  let second: StaffMember;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await portal.member({ verified: true });
    first = await staffMember(portal, 'reviewer');
    second = await staffMember(portal, 'senior-reviewer');
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  const read = async (staff: StaffMember, id: string): Promise<Order> =>
    (await expectStatus(200, staff.get(`/staff/registrations/${id}`))).body;

  it('when it was returned and mended › shows what changed, the papers and the rights as well', async () => {
    const { id } = await reviewableRegistration(member);
    await expectStatus(200, decide(first, id, { level: 'initial', decision: 'RETURN' }));
    const { form, documents } = await readRegistration(member, id);
    const old = documents.find(({ kind }: Order) => kind === 'GUARANTEE').file;
    const uploadId = await uploadFile(member, '保证书（重签）.pdf', paper('signed again'));
    await resubmittedRegistration(member, id, {
      rights: form.rights.filter((right: string) => right !== 'R17' && right !== 'R07'),
      documents: form.documents.map((each: Order) => (each.kind === 'GUARANTEE' ? { ...each, uploadId } : each)),
    });
    const { changes } = await read(first, id);
    expect(changes.map(({ field, kind, before, after }: Order) => [field, kind, before, after])).to.deep.equal([
      ['rights', 'removed', 'R07', null],
      ['rights', 'removed', 'R17', null],
      ['documents', 'removed', old.name, null],
      ['documents', 'added', null, '保证书（重签）.pdf'],
    ]);
    // The reviewer compares the two.
    for (const each of [old.uploadId, uploadId])
      await expectStatus(200, first.get(`/staff/registrations/${id}/files/${each}/content`));
    expect(changes).to.deep.equal((await read(second, id)).changes);
  });

  it('when it was never submitted, or not paid › do not find it', async () => {
    const draft = await draftRegistration(member);
    const unpaid = await submittedRegistration(member);
    const withdrawn = await submittedRegistration(member);
    await expectStatus(200, member.post(`/registrations/${withdrawn.id}/withdrawal`, {}));
    for (const { id } of [draft, unpaid, withdrawn]) {
      expect((await first.get(`/staff/registrations/${id}`)).code).to.equal('registration-not-found');
      expect((await decide(first, id, { level: 'initial' })).code).to.equal('review-conflict');
    }
    const { body } = await expectStatus(200, first.get('/staff/registrations?limit=100'));
    const ids = body.items.map(({ id }: Order) => id);
    expect(ids).to.not.include(draft.id).and.not.include(unpaid.id).and.not.include(withdrawn.id);
  });

  it('shows people masked, and neither telephone nor look-up code', async () => {
    const { id } = await reviewableRegistration(member);
    const seen = await read(first, id);
    expect(seen.applicant.name).to.equal('测**');
    expect(seen.applicant.idNumber).to.match(/^370\*{11}\d{3}[\dX]$/);
    expect(JSON.stringify(seen)).to.not.include('测试员').and.not.include(member.phone);
    expect(seen.allowed).to.deep.equal([]);
  });

  it('of a file › records every look, and only opens what belongs to it', async () => {
    const { id, documents } = await reviewableRegistration(member);
    const [{ file }] = documents;
    const address = `/staff/registrations/${id}/files/${file.uploadId}`;
    await read(first, id);
    await expectStatus(200, first.get(`${address}/content`));
    await expectStatus(200, first.get(`${address}/thumbnail`));
    const other = (await reviewableRegistration(member)).documents[0].file.uploadId;
    expect((await first.get(`/staff/registrations/${id}/files/${other}/content`)).code).to.equal('file-not-found');
    expect(await looksAt(id)).to.deep.equal(['registration.look', 'file.read', 'file.glance']);
  });

  it('when a look cannot be recorded yet › wait for it', async () => {
    const { id } = await reviewableRegistration(member);
    const session = openSession(portal.db.url, {});
    await session.connect();
    try {
      await session.query('BEGIN; LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE');
      let isShown = false;
      const look = read(first, id).then(() => (isShown = true));
      await eventually(async () => {
        const { rows } = await session.query(
          `SELECT 1 FROM pg_locks WHERE relation = 'audit'::regclass AND NOT granted`,
        );
        return rows.length > 0;
      });
      expect(isShown).to.equal(false);
      await session.query('ROLLBACK');
      await look;
      expect(await looksAt(id)).to.deep.equal(['registration.look']);
    } finally {
      await session.end();
    }
  });

  async function queue(state: string): Promise<Order[]> {
    const query = `state=${state}&sort=acceptedAt&limit=100`;
    return (await expectStatus(200, first.get(`/staff/registrations?${query}`))).body.items;
  }

  async function looksAt(id: string): Promise<string[]> {
    const rows = await portal.db.query<{ action: string }>(
      `SELECT action FROM audit WHERE subject = $1 AND (action LIKE 'file.%' OR action = 'registration.look')
       ORDER BY seq`,
      [`registration:${id}`],
    );
    return rows.map(({ action }) => action);
  }

  it('in the queue of each level › finds what waits there, the longest first', async () => {
    const initial = await reviewableRegistration(member);
    const final = await reviewableRegistration(member);
    await expectStatus(200, decide(first, final.id, { level: 'initial' }));
    const ids = (items: Order[]) => items.map(({ id }) => id);
    expect(ids(await queue('INITIAL_REVIEW')))
      .to.include(initial.id)
      .and.not.include(final.id);
    expect(ids(await queue('FINAL_REVIEW')))
      .to.include(final.id)
      .and.not.include(initial.id);
    const { body } = await expectStatus(200, first.get('/staff/waiting'));
    expect(body.items.map(({ name }: Order) => name)).to.include('registrations/initial');
    expect(body.items.map(({ name }: Order) => name)).to.not.include('registrations/final');
  });

  describe('in a queue', () => {
    let ids: Record<'INITIAL_REVIEW' | 'FINAL_REVIEW', string>;
    before(async () => {
      const initial = await reviewableRegistration(member);
      const final = await reviewableRegistration(member);
      await expectStatus(200, decide(first, final.id, { level: 'initial' }));
      ids = { INITIAL_REVIEW: initial.id, FINAL_REVIEW: final.id };
    });

    const MINUTE_MS = 60_000;
    const DAY_MS = 86_400_000;
    for (const [state, limitDays, days, before, after] of [
      ['INITIAL_REVIEW', 7, 5, 'within', 'due-soon'],
      ['INITIAL_REVIEW', 7, 7, 'due-soon', 'overdue'],
      ['FINAL_REVIEW', 30, 23, 'within', 'due-soon'],
      ['FINAL_REVIEW', 30, 30, 'due-soon', 'overdue'],
    ] as const)
      for (const [ageMs, ageDays, standing] of [
        [days * DAY_MS - MINUTE_MS, days - 1, before],
        [days * DAY_MS + MINUTE_MS, days, after],
      ] as const)
        it(`when ${state} was accepted ${ageMs / MINUTE_MS} minutes ago › is ${standing}, and the oldest first`, async () => {
          const acceptedAt = new Date(Date.now() - ageMs);
          const change = 'UPDATE registration SET accepted_at = $2 WHERE id = $1';
          await portal.db.query(change, [ids[state], acceptedAt.toISOString()]);
          const [oldest, ...others] = await queue(state);
          const dueAt = new Date(acceptedAt.getTime() + limitDays * DAY_MS).toISOString();
          expect([oldest.id, oldest.duty]).to.deep.equal([ids[state], { ageDays, limitDays, dueAt, standing }]);
          for (const { duty } of others) expect(duty).to.include({ ageDays: 0, standing: 'within' });
        });

    it('one that no review awaits › has no duty', async () => {
      const { id } = await reviewableRegistration(member);
      await expectStatus(200, decide(first, id, { level: 'initial', decision: 'RETURN' }));
      const found = (await queue('INITIAL_RETURNED')).find((each) => each.id === id);
      expect(found?.duty).to.equal(null);
    });

    it('when it was returned and submitted again › counts from the new round', async () => {
      const { id } = await reviewableRegistration(member);
      await portal.db.query(`UPDATE registration SET accepted_at = now() - interval '9 days' WHERE id = $1`, [id]);
      await expectStatus(200, decide(first, id, { level: 'initial', decision: 'RETURN' }));
      await resubmittedRegistration(member, id);
      const found = (await queue('INITIAL_REVIEW')).find((each) => each.id === id);
      expect(found?.duty).to.include({ ageDays: 0, standing: 'within' });
    });

    it('when there are more than fit on a page › goes on after the last one', async () => {
      const page = async (cursor?: string) => {
        const query = `state=INITIAL_REVIEW&sort=acceptedAt&limit=1${cursor ? `&cursor=${cursor}` : ''}`;
        return (await expectStatus(200, first.get(`/staff/registrations?${query}`))).body;
      };
      const one = await page();
      const two = await page(one.next);
      const expected = (await queue('INITIAL_REVIEW')).slice(0, 2).map(({ id }) => id);
      expect([one, two].map(({ items }) => items[0].id)).to.deep.equal(expected);
      expect((await member.get('/registrations?sort=acceptedAt')).code).to.equal('invalid-request');
    });
  });
});
