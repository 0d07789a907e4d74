// SPDX-License-Identifier: Apache-2.0
// Every list and search of the portal, as the people of a seeded site ask for it.
import { expectStatus, type PortalAnswer, type PortalClient } from './portal.ts';

export interface SiteList {
  path: string;
  /** The least number of items that its first page has to hold: a list that finds nothing is fast for no good reason. */
  fewest: number;
  /** The asker acts for an organisation. */
  isOrganisation?: boolean;
  /** What is posted: some searches keep what they look for out of the URL. */
  body?: (phone: string) => { by: string; value: string };
}

const MINE: readonly SiteList[] = [
  { path: '/works', fewest: 20 },
  { path: '/works?sort=title', fewest: 20 },
  { path: '/works?sort=-updatedAt&state=ARCHIVED', fewest: 20 },
  { path: '/works?search=青花', fewest: 1 },
  { path: '/attestations', fewest: 20 },
  { path: '/attestations?sort=title&state=RETURNED', fewest: 1 },
  { path: '/attestations?search=民谣', fewest: 1 },
  { path: '/right-holders', fewest: 20 },
  { path: '/right-holders?search=青釉', fewest: 20 },
];

const PUBLIC: readonly SiteList[] = [
  { path: '/publications', fewest: 20 },
  { path: '/publications?q=青花人偶', fewest: 20 },
  { path: '/publications?category=MUSIC', fewest: 20 },
];

const STAFF: readonly SiteList[] = [
  { path: '/staff/attestations', fewest: 20 },
  { path: '/staff/attestations?state=UNDER_REVIEW&sort=stateAt', fewest: 20 },
  { path: '/staff/attestations?state=RETURNED&sort=title', fewest: 20 },
  { path: '/staff/attestations?search=民谣', fewest: 20 },
  { path: '/staff/attestations?search=17900000000', fewest: 20 },
  { path: '/staff/organisations?state=PENDING', fewest: 20 },
  { path: '/staff/organisations?sort=-stateAt', fewest: 20 },
  { path: '/staff/organisations?search=9137', fewest: 0 },
  { path: '/staff/publications?view=waiting', fewest: 20 },
  { path: '/staff/publications?view=reported', fewest: 20 },
  { path: '/staff/publications?view=public', fewest: 20 },
  { path: '/staff/publications?view=ended', fewest: 0 },
  { path: '/staff/account-searches', fewest: 1, body: (phone) => ({ by: 'phone', value: phone }) },
  { path: '/staff/account-searches', fewest: 1, body: () => ({ by: 'user-number', value: 'ID1001' }) },
  { path: '/staff/account-searches', fewest: 0, body: () => ({ by: 'id-number', value: '370102199003072417' }) },
  { path: '/staff/audit', fewest: 20 },
  { path: '/staff/audit?action=work.archive&from=2026-01-01T00:00:00Z', fewest: 20 },
  { path: '/staff/audit?actor=ID1001', fewest: 1 },
  { path: '/staff/audit?subject=work:00000000-0000-7000-8000-000000000000', fewest: 0 },
  { path: '/staff/parked-work', fewest: 20 },
];

export const SITE_LISTS: readonly SiteList[] = [
  ...MINE,
  { path: '/messages', fewest: 20 },
  { path: '/messages?unread=true', fewest: 20 },
  ...MINE.map((list) => ({ ...list, isOrganisation: true })),
  { path: '/organisations/current/members', fewest: 3, isOrganisation: true },
  ...PUBLIC,
  ...STAFF,
];

export function nameOf({ path, isOrganisation = false, body }: SiteList): string {
  const by = body?.('').by;
  return [path, ...(by ? [`by ${by}`] : []), ...(isOrganisation ? ['for an organisation'] : [])].join(' ');
}

/** Throws when the answer is not the list. */
export async function askList(asker: PortalClient, list: SiteList): Promise<void> {
  const { path, body, fewest } = list;
  const answer = await (body ? asker.post(path, body(asker.phone)) : asker.get(path));
  if (answer.status !== 200 || itemsOf(answer) < fewest)
    throw new RangeError(`${nameOf(list)}: ${answer.status} ${answer.bytes.toString().slice(0, 200)}`);
}

const itemsOf = ({ body }: PortalAnswer): number => (body.items ?? body.members ?? []).length;

/** Another session of the member, which acts for the first organisation that they belong to. */
export async function actingForOrganisation(
  asker: PortalClient,
  { phone, password }: PortalClient,
): Promise<PortalClient> {
  asker.phone = phone;
  await expectStatus(204, asker.logIn(phone, password));
  const { organisations } = (await expectStatus(200, asker.get('/me'))).body;
  await expectStatus(204, asker.put('/session/acting', { organisationId: organisations[0].id }));
  return asker;
}
