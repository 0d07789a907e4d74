// SPDX-License-Identifier: Apache-2.0
// Every page worth a look: filled, empty, with long texts, and when something is wrong.
import type { Page } from 'playwright-core';
import type { PortalClient } from '../../support/portal.ts';
import type { Furniture } from './furnish.ts';
import { slugs } from './routes.ts';
import { staffPages } from './staff-entries.ts';
import { verdictPages } from './verdicts.ts';
import type { Entry } from './visit.ts';

export function pagesOf(furniture: Furniture): Entry[] {
  return [
    ...publicPages(furniture),
    ...verdictPages(furniture),
    ...accountPages(furniture),
    ...memberPages(furniture),
    ...registrationPages(furniture),
    ...organisationPages(furniture),
    ...staffPages(furniture),
  ];
}

function publicPages({ ids }: Furniture): Entry[] {
  const work = `/works/${ids.publication}`;
  return [
    { name: 'home', address: '/', decoration: /\/publications$/ },
    ...slugs().map((slug) => ({ name: `page-${slug}`, address: `/pages/${slug}` })),
    { name: 'works', address: '/works' },
    { name: 'works-nothing-found', address: '/works?q=no-such-work&category=MUSIC' },
    { name: 'works-refused', address: '/works?cursor=x', refused: /\/publications\?/ },
    { name: 'notices', address: '/notices' },
    { name: 'notices-nothing-found', address: '/notices?q=no-such-work' },
    { name: 'notices-refused', address: '/notices?cursor=x', refused: /\/registration-notices\?/ },
    { name: 'transparency', address: '/transparency' },
    { name: 'public-work', address: work },
    { name: 'public-work-gone', address: `/works/${ids.waitingPublication}`, refused: /\/publications\// },
    { name: 'public-work-report', address: work, act: openReport },
    { name: 'public-work-report-errors', address: work, act: reportNothing },
    { name: 'missing', address: '/no-such-page', refused: /no-such-page/ },
    { name: 'verifier', address: '/verify.html' },
    { name: 'login', address: '/login' },
    { name: 'login-errors', address: '/login', act: submitForm },
    { name: 'register', address: '/login?tab=register' },
    { name: 'register-errors', address: '/login?tab=register', act: submitForm },
    { name: 'reset', address: '/login?tab=reset' },
  ];
}

/** About the account itself, which is there before the real name is. */
function accountPages({ newcomer, beginner, member, invitee }: Furniture): Entry[] {
  return [
    ...as(newcomer, { 'profile-first': 'profile', 'security-first': 'security', 'messages-empty': 'messages' }),
    { name: 'profile-errors', address: '/member/profile', as: newcomer, act: submitForm },
    { name: 'profile-organisation', address: '/member/profile', as: newcomer, act: chooseOrganisation },
    {
      name: 'profile-organisation-errors',
      address: '/member/profile',
      as: newcomer,
      act: async (page) => {
        await chooseOrganisation(page);
        await submitForm(page);
      },
    },
    ...as(beginner, { 'profile-beginner': 'profile' }),
    ...as(invitee, { 'profile-invited': 'profile' }),
    ...as(member, { profile: 'profile', security: 'security', messages: 'messages' }),
    { name: 'profile-contact', address: '/member/profile', as: member, act: editContact },
  ];
}

function memberPages({ beginner, member, orders, ids }: Furniture): Entry[] {
  const { draft, unpaid, underReview, returned, askedBack, certified, rejected, withdrawn } = orders;
  const list = { as: member, isList: true };
  const certificate = `/member/attestations/${certified.id}/certificate`;
  return [
    ...as(beginner, {
      'works-empty': 'works',
      'attestations-empty': 'attestations',
      'registrations-empty': 'registrations',
      'people-empty': 'people',
      'disclosures-empty': 'disclosures',
      'earlier-certificates-empty': 'earlier-certificates',
      publish: 'publish',
      'holder-new': 'people/new',
    }),
    { name: 'publication-errors', address: `/member/works/${ids.work}/publication`, as: member, act: submitForm },
    { name: 'publish-errors', address: '/member/publish', as: beginner, act: submitForm },
    { name: 'holder-errors', address: '/member/people/new', as: beginner, act: submitForm },
    { name: 'works', address: '/member/works', ...list },
    { name: 'attestations', address: '/member/attestations', ...list },
    { name: 'people', address: '/member/people', ...list },
    ...as(member, {
      'works-nothing-found': 'works?search=no-such-work',
      'work-long': `publish/${ids.work}`,
      'publication-public-long': `works/${ids.work}/publication`,
      'holder-edit': `people/${ids.holder}`,
      attest: `attest/${draft.id}`,
      'attest-summary': `attest/${draft.id}/summary`,
      'attest-returned': `attest/${returned.id}`,
      payment: `attestations/${unpaid.id}/payment`,
      'payment-booked': `attestations/${ids.bookedOrder}/payment`,
      'order-filed': `attestations/${ids.filedOrder}`,
      'order-booked': `attestations/${ids.bookedOrder}`,
      'payment-slip': `attestations/${rejected.id}/payment-slip`,
      'invoice-details': `attestations/${certified.id}/invoice-details`,
      'invoice-details-closed': `attestations/${rejected.id}/invoice-details`,
      'payment-joint': `joint-payments/${ids.jointPayment}`,
      'order-review': `attestations/${underReview.id}`,
      'order-returned': `attestations/${returned.id}`,
      'order-asked-back': `attestations/${askedBack.id}`,
      'order-certified': `attestations/${certified.id}`,
      'order-rejected': `attestations/${rejected.id}`,
      'order-withdrawn': `attestations/${withdrawn.id}`,
      certificate: `attestations/${certified.id}/certificate`,
      rights: `works/${certified.workId}/rights`,
      'rights-empty': `works/${draft.workId}/rights`,
      disclosures: 'disclosures',
      'earlier-certificates': 'earlier-certificates',
      objections: 'objections',
      'objection-new': 'objections/new?number=1',
      'member-missing': 'no-such-page',
    }),
    { name: 'certificate-shared', address: certificate, as: member, act: shareCertificate },
    { name: 'certificate-share-errors', address: certificate, as: member, act: shareNever },
    { name: 'objection-errors', address: '/member/objections/new', as: member, act: submitForm },
    { name: 'rights-errors', address: `/member/works/${certified.workId}/rights`, as: member, act: submitForm },
    { name: 'refund-errors', address: `/member/attestations/${returned.id}`, as: member, act: askWithoutReason },
    { name: 'attest-errors', address: `/member/attest/${draft.id}`, as: member, act: submitUntitled },
  ];
}

function registrationPages({ member, registrations }: Furniture): Entry[] {
  const { draft, unpaid, underReview, returned, refused, registered } = registrations;
  return [
    { name: 'registrations', address: '/member/registrations', as: member, isList: true },
    ...as(member, {
      'registration-form': `registrations/${draft.id}/edit`,
      'registration-form-returned': `registrations/${returned.id}/edit`,
      'registration-payment': `registrations/${unpaid.id}/payment`,
      'registration-unpaid': `registrations/${unpaid.id}`,
      'registration-review': `registrations/${underReview.id}`,
      'registration-returned': `registrations/${returned.id}`,
      'registration-refused': `registrations/${refused.id}`,
      'registration-registered': `registrations/${registered.id}`,
      'registration-payment-slip': `registrations/${refused.id}/payment-slip`,
      'registration-invoice-details': `registrations/${refused.id}/invoice-details`,
      'registration-certificate': `registrations/${registered.id}/certificate`,
    }),
  ];
}

function organisationPages({
  manager,
  clerk,
  applicant,
  returnedApplicant,
  foreigner,
  returnedForeigner,
}: Furniture): Entry[] {
  return [
    ...as(manager, { 'members-manager': 'organisation-members', 'profile-manager': 'profile' }),
    ...as(manager, { 'works-organisation': 'works' }),
    ...as(clerk, { 'members-clerk': 'organisation-members' }),
    ...as(applicant, { 'profile-pending': 'profile' }),
    ...as(returnedApplicant, { 'profile-returned': 'profile' }),
    ...as(foreigner, { 'profile-passport-pending': 'profile' }),
    ...as(returnedForeigner, { 'profile-passport-returned': 'profile' }),
  ];
}

/** Pages of the member centre: their names, and where they are. */
function as(client: PortalClient, pages: Readonly<Record<string, string>>): Entry[] {
  return Object.entries(pages).map(([name, address]) => ({ name, address: `/member/${address}`, as: client }));
}

/** Sends a form as it stands, to see what it says. */
async function submitForm(page: Page): Promise<void> {
  await page.locator('form button[type=submit]').first().click();
  await page.getByRole('alert').first().waitFor();
}

async function submitUntitled(page: Page): Promise<void> {
  await page.locator('form input[type=text]').first().fill('');
  await submitForm(page);
}

async function openReport(page: Page): Promise<void> {
  await page.locator('main button.button').last().click();
  await page.locator('form.report-form').waitFor();
}

async function reportNothing(page: Page): Promise<void> {
  await openReport(page);
  await submitForm(page);
}

/** The nature of an account: a person or an organisation. */
async function chooseOrganisation(page: Page): Promise<void> {
  await page.getByRole('radio').nth(1).check();
  await page.locator('#organisation-name, #org-name, form input[type=tel]').first().waitFor();
}

async function editContact(page: Page): Promise<void> {
  await page.locator('.section').last().locator('.ant-btn').first().click();
  await page.locator('form').waitFor();
}

async function askWithoutReason(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(申请退款|Ask for a refund)$/ }).click();
  await page.locator('form button[type=submit]').last().click();
  await page.getByRole('alert').first().waitFor();
}

async function shareCertificate(page: Page): Promise<void> {
  await openShareForm(page);
  await page.locator('form button[type=submit]').last().click();
  await page.locator('.share-url').waitFor();
}

async function shareNever(page: Page): Promise<void> {
  await openShareForm(page);
  await page.locator('#share-maxOpenings').fill('0');
  await page.locator('form button[type=submit]').last().click();
  await page.getByRole('alert').first().waitFor();
}

async function openShareForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(再生成一个|Make another one)$/ }).click();
  await page.locator('#share-maxOpenings').waitFor();
}
