// SPDX-License-Identifier: Apache-2.0
// Members who register as themselves: where they belong, and the permit of those from other provinces.
import { expect } from 'chai';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import { type Order, type OrdersPortal, startOrdersPortal } from '../../../test/support/orders.ts';
import { expectStatus, type PortalMember, uploadFile } from '../../../test/support/portal.ts';
import { completeForm, draftRegistration, paper } from '../../../test/support/registrations.ts';
import { addHolder, HAIDIAN, LIXIA, personForm } from '../../../test/support/right-holders.ts';
import type { DocumentType } from '../right-holders/index.ts';
import { registrationFormSchema } from './registrations.schema.ts';
import { residenceFaults } from './residence.ts';

describe('where a member who registers belongs', () => {
  const faultsOf = (selfRegion: string | null, documentType: DocumentType, changes: object = {}) => {
    const form = registrationFormSchema.parse({ owners: [{ source: 'self' }], selfRegion, ...changes });
    return residenceFaults(form, { documentType, homeProvince: '37' }).map(({ field, code }) => `${field} ${code}`);
  };

  it('is asked of people with a resident ID and of organisations, down to a county of today', () => {
    for (const document of ['RESIDENT_ID', 'BUSINESS_LICENCE', 'INSTITUTION_CERT'] as const) {
      expect(faultsOf(null, document)).to.deep.equal(['selfRegion missing']);
      expect(faultsOf('370199', document)).to.deep.equal(['selfRegion not-an-option']);
      expect(faultsOf(LIXIA, document)).to.deep.equal([]);
    }
  });

  it('is not asked where the card is itself a permit of residence or has no address, or where others own', () => {
    for (const card of ['PASSPORT', 'FOREIGN_PR', 'HK_MO_TW_PERMIT'] as const)
      for (const region of [null, HAIDIAN]) expect(faultsOf(region, card)).to.deep.equal([]);
    expect(faultsOf(null, 'RESIDENT_ID', { owners: [] })).to.deep.equal([]);
  });

  it('when it is another province › demands the permit of people, not of organisations', () => {
    expect(faultsOf(HAIDIAN, 'RESIDENT_ID')).to.deep.equal(['documents.RESIDENCE_PERMIT missing']);
    expect(faultsOf(HAIDIAN, 'BUSINESS_LICENCE')).to.deep.equal([]);
    const documents = [{ kind: 'RESIDENCE_PERMIT', uploadId: '00000000-0000-4000-8000-000000000000' }];
    expect(faultsOf(HAIDIAN, 'RESIDENT_ID', { documents })).to.deep.equal([]);
  });
});

describe('the residence permit of a member', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await portal.member({ verified: true });
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  const save = async ({ id, form, version }: Order, changes: object): Promise<Order> =>
    (await expectStatus(200, member.put(`/registrations/${id}`, { ...form, ...changes, version }))).body;
  const withPermit = async ({ form }: Order): Promise<object> => {
    const uploadId = await uploadFile(member, '居住证.pdf', paper('permit'));
    return { documents: [...form.documents, { kind: 'RESIDENCE_PERMIT', uploadId }] };
  };
  const submit = ({ id, version }: Order) =>
    member.post(`/registrations/${id}/submission`, { version, priceFen: 3_000 });

  it('when they are from another province › is called for, demanded and taken', async () => {
    const draft = await draftRegistration(member);
    expect(draft.form.selfRegion, 'as on their card').to.equal(LIXIA);
    expect(draft.demands.map(({ kind }: Order) => kind)).to.not.include('RESIDENCE_PERMIT');
    const elsewhere = await save(draft, await completeForm(member, draft, { selfRegion: HAIDIAN }));
    expect(elsewhere.demands).to.deep.include({ kind: 'RESIDENCE_PERMIT', isRequired: true, hasTemplate: false });
    expect((await expectStatus(422, submit(elsewhere))).fields).to.deep.equal(['documents.RESIDENCE_PERMIT: missing']);
    const complete = await save(elsewhere, await withPermit(elsewhere));
    await expectStatus(200, submit(complete));
    const [row] = await portal.db.query('SELECT region FROM registration WHERE id = $1', [draft.id]);
    expect(row, 'for the reports').to.deep.equal({ region: '1101' });
  });

  it('when somebody else owns the work › is not called for', async () => {
    const them = [{ source: 'holder', rightHolderId: (await addHolder(member, await personForm(member))).id }];
    const draft = await draftRegistration(member);
    const changes = { owners: them, applicants: them, selfRegion: null };
    const others = await save(draft, await completeForm(member, draft, changes));
    const needless = await save(others, await withPermit(others));
    expect((await expectStatus(422, submit(needless))).fields).to.deep.equal(['documents.3: not-an-option']);
  });
});
