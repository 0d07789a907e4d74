// SPDX-License-Identifier: Apache-2.0
// People and records, so that pages have something to show: a member with much, one with nothing, organisations in every
// state, and each role of staff.

import { decideCase, openedCase } from '../../support/assistance.ts';
import { auditReportOf, publishAuditReport, UNREADABLE } from '../../support/audit-reports.ts';
import { earlierFolder, earlierRow, OLD_PDF } from '../../support/earlier-certificates.ts';
import { askLift, placedHold } from '../../support/legal-holds.ts';
import type { LiveSystem } from '../../support/live-system.ts';
import { answerObjection, filedObjection } from '../../support/objections.ts';
import { decideBooking, enterPayment, VOUCHER } from '../../support/offline-payments.ts';
import { draftOrder, submittedOrder } from '../../support/orders.ts';
import { foundOrganisation, organisationOf } from '../../support/organisations.ts';
import { submitPassport } from '../../support/passports.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../support/portal.ts';
import { archiveWork, publishWork, submitPublication } from '../../support/publications.ts';
import type { Level } from '../../support/registrations.ts';
import { addHolder, organisationForm, personForm } from '../../support/right-holders.ts';
import { changeSettings } from '../../support/settings.ts';
import { askVersion } from '../../support/version-requests.ts';
import { type FurnishedOrders, furnishOrders, type Orders } from './furnish-orders.ts';
import { furnishRegistrations, type Registrations } from './furnish-registrations.ts';

export interface Furniture {
  /** Registered, and nothing else. */
  newcomer: PortalClient;
  /** With a real name, and nothing else. */
  beginner: PortalClient;
  /** With orders in every state, works, right holders and messages. */
  member: PortalClient;
  /** Of organisations: one verified with a clerk and an invitation, one before its review, one returned. */
  manager: PortalClient;
  clerk: PortalClient;
  applicant: PortalClient;
  returnedApplicant: PortalClient;
  /** With a passport: before its review, and returned. */
  foreigner: PortalClient;
  returnedForeigner: PortalClient;
  /** Invited by the manager. */
  invitee: PortalClient;
  staff: Record<'reviewer' | 'senior-reviewer' | 'finance' | 'auditor' | 'admin' | 'security-admin', PortalClient>;
  orders: Orders;
  registrations: Registrations;
  /** Numbers of certificates. */
  revoked: string;
  shared: FurnishedOrders['shared'];
  ids: Record<
    | 'work'
    | 'publication'
    | 'waitingPublication'
    | 'holder'
    | 'organisation'
    | 'pendingOrganisation'
    | 'pendingIdentity'
    | 'refundRequest'
    | 'offlineBooking'
    | 'bookedOrder'
    | 'filedOrder'
    | 'offlineRefund'
    | 'jointPayment'
    | 'versionRequest'
    | 'waitingCase'
    | 'openCase'
    | 'hold'
    | 'objection'
    | 'answeredObjection'
    | 'account'
    | 'userNumber'
    | 'earlierCertificate',
    string
  >;
}

export async function furnish(system: LiveSystem): Promise<Furniture> {
  const reviewer = await system.reviewer();
  const [newcomer, beginner, member] = await Promise.all([
    system.member(),
    system.member({ verified: true }),
    system.member({ verified: true }),
  ]);
  const [{ orders, revoked, refundRequest, jointPayment, shared }, organisations, staff] = await Promise.all([
    furnishOrders(system, member, reviewer),
    furnishOrganisations(system, reviewer),
    furnishStaff(system),
  ]);
  const works = await furnishWorks(member, reviewer);
  const holder = await furnishHolders(member);
  const earlierCertificate = await furnishEarlier(system, member);
  const account = await accountOf(system, member);
  const reviewers = { initial: reviewer, final: staff['senior-reviewer'] };
  const registrations = await furnishRegistrations(member, reviewers);
  const versionRequest = (await expectStatus(201, askVersion(member, registrations.registered.id))).body.id;
  const cases = await furnishCases(reviewers, [orders.certified.certificate.number]);
  const bank = { holder: '印信版权存证中心', name: '测试银行济南分行', number: '370100123456789' };
  await changeSettings(staff.admin, { bank });
  await expectStatus(201, staff.admin.post('/staff/discounts', COMING_DISCOUNT));
  await expectStatus(201, publishAuditReport(staff.auditor, await auditReportOf(newcomer, AUDITED)));
  const filed = await furnishCounter(member, staff.finance);
  const offline = await furnishOffline(member, staff.finance, await system.memberWithRole('finance'));
  const number = orders.certified.certificate.number;
  const objection = await filedObjection(organisations.manager, number, { words: LONG_TEXT.slice(0, 900) });
  const answeredObjection = await filedObjection(beginner, number);
  await expectStatus(200, answerObjection(member, answeredObjection));
  const { pendingIdentity, ...foreigners } = await furnishPassports(system, reviewer);
  const { organisation, pendingOrganisation, ...people } = organisations;
  return {
    ...{ newcomer, beginner, member, ...people, ...foreigners, orders, registrations, revoked, shared },
    staff: { reviewer, ...staff },
    ids: {
      ...{ ...works, holder, earlierCertificate, organisation, pendingOrganisation, pendingIdentity },
      ...{ refundRequest, jointPayment, versionRequest, account, ...cases, ...offline, filedOrder: filed },
      ...{ objection, answeredObjection, userNumber: (await expectStatus(200, member.get('/me'))).body.userNumber },
    },
  };
}

/** Every order of the tests costs what it always did. */
const COMING_DISCOUNT = {
  ...{ name: '省级重点文化创意产业园区入驻企业专项扶持优惠', kind: 'attestation', unit: 'PERCENT', amount: 15 },
  ...{ from: '2099-01-01', to: '2099-12-31', perOwner: 10, note: '年度活动' },
};

/** With everything that 存证公示 says of an audit. */
const AUDITED = { daysAgo: 31, items: UNREADABLE, sample: { size: 2, seed: '2026-11-30' } };

const LONG_TITLE = '青花人偶文创产品系列图案'.repeat(8).slice(0, 100);
const LONG_TEXT = '这一系列以鹤为题，记录从草图到成品的每一步。'.repeat(20);
const LONG_TAGS = ['创意设计', '青花瓷器与民间工艺美术的再创作'];

/** One with long texts, which is on the public site, and one that waits for its moderation. */
async function furnishWorks(member: PortalMember, reviewer: PortalClient) {
  const long = await archiveWork(member, { title: LONG_TITLE, intro: LONG_TEXT, tags: LONG_TAGS });
  const { id: publication } = await publishWork({ owner: member, staff: reviewer }, long);
  const next = await archiveWork(member);
  const waiting = (await expectStatus(200, submitPublication(member, next))).body.publication;
  return { work: long.id, publication, waitingPublication: String(waiting.id) };
}

/** One with everything and long texts, and one with little; answers the number of the first. */
async function furnishEarlier(system: LiveSystem, { phone }: PortalMember): Promise<string> {
  const owners = ['测试员', '欧阳·阿依古丽·买买提明', '青釉文化创意与数字版权运营（济南）有限公司'].join('、');
  const number = '鲁著证字（2014）第0005-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789号';
  const long = { phone, owners, number, title: LONG_TITLE, source: '山东省齐鲁文化创意与数字版权登记中心'.repeat(3) };
  const rows = [
    earlierRow({ phone, owners: '测试员' }),
    earlierRow({ ...long, workType: 'FINE_ART', fileSha256: 'ab'.repeat(32), pdf: 'a.pdf' }),
  ];
  await system.importFrom(earlierFolder(rows, { 'a.pdf': OLD_PDF }));
  return number;
}

async function furnishHolders(member: PortalMember): Promise<string> {
  const { id } = await addHolder(member, await personForm(member));
  await addHolder(member, await organisationForm(member));
  const soon = { kind: 'PERIOD', from: '2007-01-01', to: dayAfter(20) };
  await addHolder(member, await personForm(member, { name: '欧阳·阿依古丽·买买提明', validity: soon }));
  return id;
}

async function furnishOrganisations(system: LiveSystem, reviewer: PortalClient) {
  const [manager, clerk, applicant, returnedApplicant, invitee] = await Promise.all([
    system.member({ verified: true }),
    system.member({ verified: true }),
    system.member(),
    system.member(),
    system.member(),
  ]);
  const organisation = await organisationOf(system, [
    [manager, 'MANAGER'],
    [clerk, 'CLERK'],
  ]);
  const invitation = { phone: invitee.phone, role: 'CLERK' };
  await expectStatus(201, manager.post('/organisations/current/invitations', invitation));
  const name = `${'青釉文化创意与数字版权运营'.repeat(3)}（济南）有限公司`;
  const pendingOrganisation = await foundOrganisation(applicant, { name });
  const returned = await foundOrganisation(returnedApplicant);
  const reasons = [
    { field: 'licenceImageId', code: 'unclear', text: '营业执照看不清，请重新拍摄后上传。' },
    { field: 'representative', code: 'inconsistent', text: '请填写营业执照上的法定代表人。' },
  ];
  const decision = { version: 1, decision: 'REJECT', reasons };
  await expectStatus(200, reviewer.post(`/staff/organisations/${returned}/decision`, decision));
  return { manager, clerk, applicant, returnedApplicant, invitee, organisation, pendingOrganisation };
}

/** One that waits for its approval, and one whose downloads are open, with long texts. */
async function furnishCases({ initial, final }: Record<Level, PortalClient>, numbers: readonly string[]) {
  const waiting = await openedCase(initial, numbers);
  const authority = `${'山东省济南市历下区人民法院'.repeat(6)}知识产权审判庭`.slice(0, 100);
  const secrecy = { reason: '案件侦查需要，暂不通知。', until: dayAfter(30) };
  const { id } = await openedCase(initial, numbers, { authority, request: LONG_TEXT.slice(0, 500), secrecy });
  await expectStatus(200, decideCase(final, id));
  const told = await openedCase(initial, numbers, { authority });
  await expectStatus(200, decideCase(final, told.id));
  const [{ id: order }] = told.concerned;
  await expectStatus(200, initial.get(`/staff/assistance-cases/${told.id}/orders/${order}/package`));
  const hold = await placedHold(initial, numbers);
  await expectStatus(200, askLift(initial, hold));
  return { waitingCase: waiting.id, openCase: id, hold };
}

async function furnishPassports(system: LiveSystem, reviewer: PortalClient) {
  const [foreigner, returnedForeigner] = await Promise.all([system.member(), system.member()]);
  const name = `${'ALEXANDRA MARGARETA '.repeat(2)}ERIKSSON`;
  await submitPassport(returnedForeigner);
  const waiting = async () => (await expectStatus(200, reviewer.get('/staff/identities?state=PENDING'))).body.items;
  const reasons = [
    { field: 'frontImageId', code: 'unclear', text: '资料页反光，看不清号码，请重新拍摄后上传。' },
    { field: 'birthDate', code: 'inconsistent', text: '出生日期与资料页不一致。' },
  ];
  const decision = { version: 1, decision: 'REJECT', reasons };
  for (const { id } of await waiting())
    await expectStatus(200, reviewer.post(`/staff/identities/${id}/decision`, decision));
  await submitPassport(foreigner, { name });
  const [{ id: pendingIdentity }] = await waiting();
  return { foreigner, returnedForeigner, pendingIdentity };
}

async function furnishStaff(system: LiveSystem) {
  const [senior, finance, auditor, admin, security] = await Promise.all(
    ['senior-reviewer', 'finance', 'auditor', 'admin', 'security-admin'].map((role) => system.memberWithRole(role)),
  );
  if (!senior || !finance || !auditor || !admin || !security) throw new Error('a member of staff is missing');
  return { 'senior-reviewer': senior, finance, auditor, admin, 'security-admin': security };
}

/** An order that staff submitted for its owner; answers its id. */
async function furnishCounter(member: PortalMember, by: PortalMember): Promise<string> {
  const { id, orderNumber } = await draftOrder(member);
  const { userNumber } = (await expectStatus(200, member.get('/me'))).body;
  const headers = { 'Content-Type': 'application/pdf' };
  const sent = await expectStatus(201, by.sendBytes('POST', '/staff/counter-mandates', VOUCHER, headers));
  const filing = { userNumber, orderNumber, mandateId: sent.body.id, priceFen: 3_000 };
  await expectStatus(201, by.post('/staff/counter-filings', filing));
  return id;
}

/** A payment that waits for a colleague, and one that has to go back. */
async function furnishOffline(member: PortalMember, by: PortalMember, other: PortalMember) {
  const { id: bookedOrder, orderNumber } = await submittedOrder(member);
  const { id: offlineBooking } = await enterPayment(by, { orderNumber });
  const cancelled = await submittedOrder(member);
  const late = await enterPayment(by, cancelled);
  await expectStatus(200, member.post(`/attestations/${cancelled.id}/cancellation`, {}));
  const { payment } = (await expectStatus(200, decideBooking(other, late))).body;
  return { offlineBooking, bookedOrder, offlineRefund: String(payment.id) };
}

async function accountOf(system: LiveSystem, member: PortalClient): Promise<string> {
  const { userNumber } = (await expectStatus(200, member.get('/me'))).body;
  const [row] = await system.query('SELECT id FROM account WHERE user_number = $1', [String(userNumber).slice(2)]);
  return String(row?.id);
}

function dayAfter(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
