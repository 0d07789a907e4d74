// SPDX-License-Identifier: Apache-2.0
// Every page worth a look: filled, empty, and when something is wrong.
import type { Page } from 'playwright-core';
import type { PortalClient } from '../../test/support/portal.ts';
import type { Furniture } from './furnish.ts';
import type { PageToShoot } from './shoot.ts';
import { verdictPages } from './verdicts.ts';

export function pagesOf(furniture: Furniture): PageToShoot[] {
  return [...publicPages(), ...verdictPages(furniture), ...memberPages(furniture), ...staffPages(furniture)];
}

function publicPages(): PageToShoot[] {
  return [
    { name: 'home', address: '/' },
    { name: 'about', address: '/pages/about' },
    { name: 'terms', address: '/pages/terms' },
    { name: 'privacy', address: '/pages/privacy' },
    { name: 'missing', address: '/no-such-page' },
    { name: 'verifier', address: '/verify.html' },
    { name: 'login', address: '/login' },
    { name: 'register-errors', address: '/login?tab=register', act: submitForm },
    { name: 'reset', address: '/login?tab=reset' },
  ];
}

function memberPages({ newcomer, beginner, member, orders }: Furniture): PageToShoot[] {
  const { draft, unpaid, underReview, returned, certified } = orders;
  const of = (client: PortalClient, pages: [name: string, address: string][]): PageToShoot[] =>
    pages.map(([name, address]) => ({ name, address: `/member/${address}`, as: client }));
  return [
    ...of(newcomer, [['profile-first', 'profile']]),
    { name: 'profile-errors', address: '/member/profile', as: newcomer, act: submitForm },
    ...of(beginner, [
      ['works-empty', 'works'],
      ['attestations-empty', 'attestations'],
      ['publish', 'publish'],
    ]),
    { name: 'publish-errors', address: '/member/publish', as: beginner, act: submitForm },
    ...of(member, [
      ['profile', 'profile'],
      ['attest', `attest/${draft.id}`],
      ['attest-returned', `attest/${returned.id}`],
      ['payment', `attestations/${unpaid.id}/payment`],
      ['order-review', `attestations/${underReview.id}`],
      ['order-returned', `attestations/${returned.id}`],
      ['order-certified', `attestations/${certified.id}`],
      ['certificate', `attestations/${certified.id}/certificate`],
      ['registered', 'registered'],
      ['people', 'people'],
      ['member-missing', 'no-such-page'],
    ]),
    {
      name: 'profile-contact',
      address: '/member/profile',
      as: member,
      act: async (page) => {
        await page.locator('.section .ant-btn').first().click();
        await page.locator('form').waitFor();
      },
    },
    { name: 'works', address: '/member/works', as: member, isList: true },
    { name: 'attestations', address: '/member/attestations', as: member, isList: true },
    { name: 'attest-errors', address: `/member/attest/${draft.id}`, as: member, act: submitUntitled },
  ];
}

function staffPages({ member, reviewer, admin, orders }: Furniture): PageToShoot[] {
  const address = `/staff/attestations/${orders.underReview.id}`;
  const returning = async (page: Page) => {
    await page.locator('.decision-kinds label').nth(1).click();
    await page.locator('.desk-decision > button').last().click();
  };
  const approving = async (page: Page) => {
    await page.locator('.decision-kinds label').first().click();
    await page.locator('.desk-decision > button').last().click();
    await page.getByRole('dialog').waitFor();
  };
  const discarding = async (page: Page) => {
    await page.locator('.rows .actions button').nth(1).click();
    await page.getByRole('dialog').waitFor();
  };
  // At a desk the menu is there already.
  const openMenu = async (page: Page) => {
    const button = page.locator('.desk-menu-button');
    if (!(await button.isVisible())) return;
    await button.click();
    await page.getByRole('dialog').waitFor();
  };
  return [
    { name: 'staff-home', address: '/staff', as: reviewer },
    { name: 'staff-queue', address: '/staff/attestations', as: reviewer },
    { name: 'staff-case', address, as: reviewer },
    { name: 'staff-compare', address: `/staff/attestations/${orders.resubmitted.id}`, as: reviewer },
    { name: 'staff-return-errors', address, as: reviewer, act: returning },
    { name: 'staff-approve', address, as: reviewer, act: approving },
    { name: 'staff-decided', address: `/staff/attestations/${orders.certified.id}?view=all`, as: reviewer },
    { name: 'staff-admin', address: '/staff', as: admin },
    { name: 'staff-parked-work', address: '/staff/parked-work', as: admin },
    { name: 'staff-parked-discard', address: '/staff/parked-work', as: admin, act: discarding },
    { name: 'staff-menu', address: '/staff', as: reviewer, act: openMenu },
    { name: 'staff-refused', address: '/staff', as: member },
  ];
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
