// SPDX-License-Identifier: Apache-2.0
// Every verdict that a look-up comes to, by number and by file, with what each of them is about.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Furniture } from './furnish.ts';
import type { Entry } from './visit.ts';

const VERIFIER = path.resolve(import.meta.dirname, '../../../verifier');
const EXAMPLE = path.join(VERIFIER, 'example');
const CONTAINERS = path.join(VERIFIER, 'vectors/containers');
const VECTORS = path.join(VERIFIER, 'vectors/v1');
const OTHER_FILE = path.join(VECTORS, 'files/other.txt');
const UNISSUED = '900000000000000000';

/** The check of files, which comes first, has run. */
const COMPARED = '.group:first-child .check:first-child:is(.is-passed, .is-failed)';

export function verdictPages(furniture: Furniture): Entry[] {
  // Whatever was not issued, or not to be seen with this code, is refused with an error.
  const onSite = [...byNumber(furniture), ...byFile()].map((entry) => ({ ...entry, refused: /\/lookup/ }));
  return [...onSite, ...offline()];
}

function byNumber({ orders, registrations, revoked, shared, ids }: Furniture): Entry[] {
  const { number, lookupUrl } = orders.certified.certificate;
  return [
    { name: 'lookup-empty', address: '/v' },
    { name: 'lookup-number', address: `/v/${number}` },
    { name: 'lookup-code', address: new URL(lookupUrl).pathname + new URL(lookupUrl).hash },
    { name: 'lookup-shared', address: shared.open },
    { name: 'lookup-shared-ended', address: shared.ended },
    { name: 'lookup-code-wrong', address: `/v/${number}#AAAAAAAAAA` },
    { name: 'lookup-revoked', address: `/v/${revoked}` },
    { name: 'lookup-superseded', address: `/v/${registrations.superseded}` },
    { name: 'lookup-unissued', address: `/v/${UNISSUED}` },
    { name: 'lookup-order', address: `/v/${orders.underReview.orderNumber}` },
    { name: 'lookup-returned', address: `/v/${orders.returned.orderNumber}` },
    { name: 'lookup-rejected', address: `/v/${orders.rejected.orderNumber}` },
    { name: 'lookup-withdrawn', address: `/v/${orders.withdrawn.orderNumber}` },
    { name: 'lookup-submission', address: `/v/${orders.certified.submission.number}` },
    { name: 'lookup-earlier', address: `/v/${encodeURIComponent(ids.earlierCertificate)}` },
    { name: 'lookup-malformed', address: '/v/12ab' },
    { name: 'lookup-unknown-document', address: '/v/C3000000000000000001' },
    {
      name: 'lookup-nothing-typed',
      address: '/v',
      act: (page) => page.locator('form button[type=submit]').first().click(),
    },
    { name: 'lookup-locked', address: '/v', act: lookUpLocked },
  ];
}

/** On the page of the site: a file in the box, and a trust file of the visitor's. */
function byFile(): Entry[] {
  const certificate = path.join(EXAMPLE, 'certificate.pdf');
  const trust = path.join(EXAMPLE, 'trust.json');
  return [
    { name: 'lookup-verified', address: '/v', act: verify(certificate, trust, path.join(EXAMPLE, 'original.png')) },
    { name: 'lookup-verified-no-file', address: '/v', act: verify(certificate, trust) },
    { name: 'lookup-other-file', address: '/v', act: verify(certificate, trust, OTHER_FILE) },
    { name: 'lookup-unknown-file', address: '/v', act: choose(OTHER_FILE) },
    { name: 'lookup-encrypted', address: '/v', act: choose(path.join(CONTAINERS, 'password.pdf')) },
  ];
}

/** In the one-file verifier, by the vectors. */
function offline(): Entry[] {
  const foreign = [path.join(CONTAINERS, 'foreign-certificate.zip'), path.join(CONTAINERS, 'qbft.trust.json')] as const;
  return [
    ...[
      ['verdict-failed', 'bad/seals-insufficient'],
      ['verdict-revoked', 'bad/revoked'],
      ['verdict-submission', 'good/submission'],
      ['verdict-audit-head', 'good/audit-head'],
      ['verdict-no-status', 'good/no-status'],
      ['verdict-content-hidden', 'good/no-sections'],
      ['verdict-not-issued', 'absence/next'],
      ['verdict-unreadable', 'unreadable/unknown-kind'],
    ].map(([name = '', vector = '']) => ({ name, address: '/verify.html', act: verify(...vectorOf(vector)) })),
    {
      name: 'verdict-submission-file',
      address: '/verify.html',
      act: verify(...vectorOf('good/submission'), OTHER_FILE),
    },
    { name: 'verdict-package', address: '/verify.html', act: verify(...foreign) },
  ];
}

function vectorOf(name: string): [proof: string, trust: string | undefined] {
  const index = JSON.parse(readFileSync(path.join(VECTORS, 'index.json'), 'utf8')) as {
    cases: { name: string; file: string; trust?: string }[]; // written by verifier/vectors/generate.ts
  };
  const found = index.cases.find((each) => each.name === name);
  if (!found) throw new RangeError(`no vector ${name}`);
  return [path.join(VECTORS, found.file), found.trust && path.join(VECTORS, found.trust)];
}

/** The box of the proof comes first, that of the trust file last; a second file is an original. */
function verify(proof: string, trust?: string, original?: string) {
  return async (page: Page): Promise<void> => {
    const files = page.locator('input[type=file]');
    await files.first().setInputFiles(proof);
    await page.locator('.verdict-sheet').waitFor();
    if (trust) await changing(page, () => files.last().setInputFiles(trust));
    if (original) await changing(page, () => files.first().setInputFiles(original));
    if (original) await page.locator(COMPARED).waitFor({ state: 'attached' });
  };
}

/** Waits until the sheet says something else: the earlier verdict stays until the new one is there. */
async function changing(page: Page, change: () => Promise<void>): Promise<void> {
  const before = await page.locator('.verdict-sheet').textContent();
  await change();
  await page.waitForFunction(
    `(() => { const text = document.querySelector('.verdict-sheet')?.textContent; return text && text !== ${JSON.stringify(before)}; })()`,
  );
}

const choose = (file: string) => async (page: Page) => {
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.locator('.plain-sheet .facts, .verdict-sheet').first().waitFor();
};

async function lookUpLocked(page: Page): Promise<void> {
  await page.route('**/api/v1/lookup/**', (route) =>
    route.fulfill({ status: 429, headers: { 'Retry-After': '900' }, json: { code: 'rate-limited', status: 429 } }),
  );
  await page.locator('#number').fill('100000000000000001');
  await page.keyboard.press('Enter');
  await page.locator('.verdict-sheet').waitFor();
}
