// SPDX-License-Identifier: Apache-2.0
import type { ShellText } from './i18n.ts';

/** The label of a page's tab; undefined for an unknown address. */
export function pageName(path: string, text: ShellText): string | undefined {
  const found = NAMES.find(([pattern]) => pattern.test(path));
  return found && text[found[1]];
}

/** The menu entry that a page belongs to. */
export function menuOf(path: string): string {
  if (/^\/member\/attest(ations)?(\/|$)/.test(path)) return '/member/attestations';
  if (path.startsWith('/member/joint-payments/')) return '/member/attestations';
  if (path === '/member/earlier-certificates') return '/member/attestations';
  if (path === '/member/security' || path === '/member/disclosures') return '/member/profile';
  if (path.startsWith('/member/objections')) return '/member/profile';
  if (path === '/member/organisation-members') return '/member/profile';
  return path.split('/').slice(0, 3).join('/');
}

const NAMES: readonly (readonly [RegExp, keyof ShellText])[] = [
  [/^\/member\/profile$/, 'profile'],
  [/^\/member\/security$/, 'security'],
  [/^\/member\/disclosures$/, 'disclosures'],
  [/^\/member\/objections$/, 'objections'],
  [/^\/member\/objections\/new$/, 'newObjection'],
  [/^\/member\/messages$/, 'messages'],
  [/^\/member\/publish(\/[^/]+)?$/, 'submission'],
  [/^\/member\/works$/, 'works'],
  [/^\/member\/works\/[^/]+\/publication$/, 'publication'],
  [/^\/member\/works\/[^/]+\/rights$/, 'rights'],
  [/^\/member\/attest\/[^/]+$/, 'attest'],
  [/^\/member\/attest\/[^/]+\/summary$/, 'summary'],
  [/^\/member\/attestations$/, 'attested'],
  [/^\/member\/earlier-certificates$/, 'earlierCertificates'],
  [/^\/member\/attestations\/[^/]+\/payment$/, 'payment'],
  [/^\/member\/attestations\/[^/]+\/certificate$/, 'certificate'],
  [/^\/member\/attestations\/[^/]+$/, 'order'],
  [/^\/member\/(attestations|registrations)\/[^/]+\/payment-slip$/, 'paymentSlip'],
  [/^\/member\/(attestations|registrations)\/[^/]+\/invoice-details$/, 'invoice'],
  [/^\/member\/joint-payments\/[^/]+$/, 'payment'],
  [/^\/member\/registrations$/, 'registered'],
  [/^\/member\/registrations\/[^/]+\/edit$/, 'register'],
  [/^\/member\/registrations\/[^/]+\/payment$/, 'payment'],
  [/^\/member\/registrations\/[^/]+\/certificate$/, 'certificate'],
  [/^\/member\/registrations\/[^/]+$/, 'registration'],
  [/^\/member\/people$/, 'people'],
  [/^\/member\/people\/new$/, 'addPerson'],
  [/^\/member\/people\/[^/]+$/, 'editPerson'],
  [/^\/member\/organisation-members$/, 'organisationMembers'],
];
