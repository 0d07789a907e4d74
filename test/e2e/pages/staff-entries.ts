// SPDX-License-Identifier: Apache-2.0
// The pages of the staff console, each with the role that works on it.
import type { Page } from 'playwright-core';
import type { PortalClient } from '../../support/portal.ts';
import type { Furniture } from './furnish.ts';
import type { Entry } from './visit.ts';

export function staffPages({ newcomer, staff, orders, registrations, ids }: Furniture): Entry[] {
  const { reviewer, admin } = staff;
  const address = `/staff/attestations/${orders.underReview.id}`;
  return [
    ...homes(staff),
    ...as(reviewer, {
      'staff-queue': 'attestations',
      'staff-queue-nothing-found': 'attestations?search=no-such-order',
      'staff-case': `attestations/${orders.underReview.id}`,
      'staff-compare': `attestations/${orders.resubmitted.id}`,
      'staff-decided': `attestations/${orders.certified.id}?view=all`,
      'staff-publications': 'publications',
      'staff-publications-empty': 'publications?state=reported',
      'staff-publication': `publications/${ids.waitingPublication}`,
      'staff-publication-long': `publications/${ids.publication}`,
      'staff-registrations-initial': 'registrations/initial',
      'staff-registrations-nothing-found': 'registrations/initial?search=no-such-work&state=ALL',
      'staff-versions': 'version-requests',
      'staff-versions-empty': 'version-requests?state=REFUSED',
      'staff-version': `version-requests/${ids.versionRequest}`,
      'staff-registration': `registrations/${registrations.underReview.id}`,
      'staff-identities': 'identities',
      'staff-identity': `identities/${ids.pendingIdentity}`,
      'staff-organisations': 'organisations',
      'staff-organisation': `organisations/${ids.pendingOrganisation}`,
      'staff-organisation-decided': `organisations/${ids.organisation}`,
    }),
    ...as(staff['senior-reviewer'], {
      'staff-registrations-final': 'registrations/final',
    }),
    ...courtPages({ staff, ids }),
    ...as(staff['security-admin'], {
      'staff-accounts': 'accounts',
      'staff-account': `accounts/${ids.account}`,
      'staff-audit': 'audit',
      'staff-authenticator': 'authenticator',
    }),
    ...financePages({ staff, orders, ids }),
    ...as(staff.auditor, { 'staff-audit-auditor': 'audit', 'staff-settings-auditor': 'settings' }),
    ...as(admin, {
      'staff-parked-work': 'parked-work',
      'staff-malware': 'malware',
      'staff-pages': 'pages',
      'staff-page': 'pages/about',
      'staff-page-changes': 'pages/about/changes?since=1&version=1',
    }),
    ...as(admin, { 'staff-settings': 'settings', 'staff-discounts': 'discounts' }),
    { name: 'staff-discounts-errors', address: '/staff/discounts', as: admin, act: makingNothing },
    ...as(staff.finance, { 'staff-discounts-finance': 'discounts' }),
    ...counterPages(staff, ids.userNumber),
    { name: 'staff-settings-errors', address: '/staff/settings', as: admin, act: changingSettings },
    { name: 'staff-return-errors', address, as: reviewer, act: returning },
    {
      name: 'staff-identity-open',
      address: `/staff/identities/${ids.pendingIdentity}`,
      as: reviewer,
      act: openDocument,
    },
    {
      name: 'staff-organisation-open',
      address: `/staff/organisations/${ids.pendingOrganisation}`,
      as: reviewer,
      act: openLicence,
    },
    { name: 'staff-approve', address, as: reviewer, act: approving },
    { name: 'staff-parked-discard', address: '/staff/parked-work', as: admin, act: discarding },
    {
      name: 'staff-publication-errors',
      address: `/staff/publications/${ids.waitingPublication}`,
      as: reviewer,
      act: refusing,
    },
    { name: 'staff-menu', address: '/staff', as: reviewer, act: openMenu },
    { name: 'staff-refused', address: '/staff', as: newcomer },
  ];
}

function counterPages({ finance, auditor }: Furniture['staff'], userNumber: string): Entry[] {
  const refused = /counter-filings\/drafts|counter-orders/;
  const address = '/staff/counter-filings';
  return [
    ...as(finance, { 'staff-counter': 'counter-filings' }),
    { name: 'staff-counter-errors', address, as: finance, act: makingNothing, refused },
    { name: 'staff-counter-work', address, as: finance, act: makingOrderFor(userNumber), refused },
    ...as(auditor, { 'staff-counter-auditor': 'counter-filings' }),
  ];
}

/** 协查 and 证据保全. */
function courtPages({ staff, ids }: Pick<Furniture, 'staff' | 'ids'>): Entry[] {
  const { reviewer, 'senior-reviewer': senior } = staff;
  return [
    ...as(senior, {
      'staff-case-to-approve': `assistance-cases/${ids.waitingCase}`,
      'staff-case-open': `assistance-cases/${ids.openCase}`,
      'staff-hold-to-lift': `legal-holds/${ids.hold}`,
      'staff-objections': 'objections',
      'staff-objections-empty': 'objections?state=UPHELD',
      'staff-objection-waits': `objections/${ids.objection}`,
      'staff-objection-to-decide': `objections/${ids.answeredObjection}`,
    }),
    ...as(reviewer, {
      'staff-cases': 'assistance-cases',
      'staff-cases-empty': 'assistance-cases?state=REFUSED',
      'staff-case-new': 'assistance-cases/new',
      'staff-holds': 'legal-holds',
      'staff-holds-empty': 'legal-holds?state=LIFTED',
      'staff-hold-new': 'legal-holds/new',
    }),
    { name: 'staff-case-new-errors', address: '/staff/assistance-cases/new', as: reviewer, act: submitForm },
    { name: 'staff-hold-new-errors', address: '/staff/legal-holds/new', as: reviewer, act: submitForm },
  ];
}

function financePages({ staff, orders, ids }: Pick<Furniture, 'staff' | 'orders' | 'ids'>): Entry[] {
  return [
    ...as(staff.finance, {
      'staff-refunds': 'refund-requests',
      'staff-refunds-empty': 'refund-requests?state=REFUSED',
      'staff-refund': `refund-requests/${ids.refundRequest}`,
      'staff-offline': 'offline-payments',
      'staff-offline-empty': 'offline-payments?state=REFUSED',
      'staff-offline-new': 'offline-payments/new',
      'staff-offline-booking': `offline-payments/${ids.offlineBooking}`,
      'staff-offline-refund': `offline-payments/refunds/${ids.offlineRefund}`,
      'staff-invoices': 'invoice-details?state=ALL',
      'staff-invoices-empty': 'invoice-details?to=2020-01-02',
      'staff-payments': 'payments',
      'staff-payments-nothing-found': 'payments?search=no-such-number',
      'staff-payment': `payments/${orders.certified.payment.id}`,
      'staff-reconciliation': `reconciliation?day=${todayInChina()}`,
      'staff-reports': 'reports',
      'staff-reports-empty': 'reports?from=2020-01&to=2020-02',
    }),
    {
      name: 'staff-reports-refused',
      address: '/staff/reports?from=2021-02&to=2021-01',
      as: staff.finance,
      refused: /\/staff\/reports\?/,
    },
    {
      name: 'staff-offline-refund-errors',
      address: `/staff/offline-payments/refunds/${ids.offlineRefund}`,
      as: staff.finance,
      act: submitEmptyRefund,
    },
    {
      name: 'staff-refund-errors',
      address: `/staff/refund-requests/${ids.refundRequest}`,
      as: staff.finance,
      act: refusingRefund,
    },
  ];
}

function homes(staff: Furniture['staff']): Entry[] {
  return Object.entries(staff).map(([role, client]) => ({ name: `staff-home-${role}`, address: '/staff', as: client }));
}

function as(client: PortalClient, pages: Readonly<Record<string, string>>): Entry[] {
  return Object.entries(pages).map(([name, address]) => ({ name, address: `/staff/${address}`, as: client }));
}

async function submitForm(page: Page): Promise<void> {
  await page.locator('form button[type=submit]').click();
  await page.getByRole('alert').first().waitFor();
}

async function returning(page: Page): Promise<void> {
  await page.locator('.decision-kinds label').nth(1).click();
  await page.locator('.desk-decision > button').last().click();
}

async function makingNothing(page: Page): Promise<void> {
  await page.locator('form.stack button[type=submit]').click();
  await page.getByRole('alert').first().waitFor();
}

/** Of a member who was found: what is missing is named. */
const makingOrderFor = (userNumber: string) => async (page: Page) => {
  await page.locator('input[type=radio][value=work]').check();
  await page.locator('#counter-member-userNumber').fill(userNumber);
  await page.locator('form.stack button[type=submit]').click();
  await page.locator('form.stack .ant-btn-primary').click();
  await page.getByRole('alert').first().waitFor();
};

async function changingSettings(page: Page): Promise<void> {
  await page.locator('#settings-values-telephone').fill('12');
  await page.locator('.settings-form button[type=submit]').click();
  await page.getByRole('alert').first().waitFor();
}

async function refusing(page: Page): Promise<void> {
  await page.locator('.moderation .ant-radio-button-wrapper').nth(1).click();
  await page.locator('.moderation button.ant-btn-primary').click();
  await page.getByRole('alert').first().waitFor();
}

async function submitEmptyRefund(page: Page): Promise<void> {
  await page.locator('form button[type=submit]').last().click();
  await page.getByRole('alert').first().waitFor();
}

async function refusingRefund(page: Page): Promise<void> {
  await page.locator('.ant-radio-button-wrapper').nth(1).click();
  await page.locator('button.ant-btn-primary').last().click();
  await page.getByRole('alert').first().waitFor();
}

const todayInChina = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

async function openDocument(page: Page): Promise<void> {
  await page.locator('.look-form button[type=submit]').click();
  await page.locator('.document-picture img').waitFor();
}

async function openLicence(page: Page): Promise<void> {
  await page.locator('.look-form button[type=submit]').click();
  await page.locator('.licence-stage img').waitFor();
}

async function approving(page: Page): Promise<void> {
  await page.locator('.decision-kinds label').first().click();
  await page.locator('.desk-decision > button').last().click();
  await page.getByRole('dialog').waitFor();
}

async function discarding(page: Page): Promise<void> {
  await page.locator('.rows .actions button').nth(1).click();
  await page.getByRole('dialog').waitFor();
}

/** At a desk the menu is there already. */
async function openMenu(page: Page): Promise<void> {
  const button = page.locator('.desk-menu-button');
  if (!(await button.isVisible())) return;
  await button.click();
  await page.getByRole('dialog').waitFor();
}
