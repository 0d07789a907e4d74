// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, type Member, memberOf } from '../http/members.ts';
import type { IdentityViews } from '../identity/index.ts';
import { markOf, markPicture } from '../pictures.ts';
import type { StaffReviews } from '../staff-reviews/index.ts';
import type { OrganisationReason } from './organisations.schema.ts';
import { staffOrganisationApi } from './staff.api.ts';
import { listForStaff, type StaffViewParts, statedIn, viewForStaff } from './staff.view.ts';

export interface StaffParts extends StaffViewParts {
  reviews: StaffReviews<OrganisationReason>;
  views: IdentityViews;
  /** Of the signs that are drawn into a licence. */
  fontFile: string;
}

export function staffOrganisationEndpoints(parts: StaffParts): Endpoint[] {
  return [...readEndpoints(parts), ...decisionEndpoints(parts)];
}

function readEndpoints(parts: StaffParts): Endpoint[] {
  const { db, store, views, fontFile } = parts;
  return [
    endpoint(staffOrganisationApi.list, ({ query, req }) => listForStaff(parts, memberOf(req).id, query)),
    endpoint(staffOrganisationApi.read, ({ params: { id }, req }) =>
      viewForStaff(parts, { id, staffId: memberOf(req).id }),
    ),
    endpoint(staffOrganisationApi.view, async ({ params: { id }, body: { reason }, req, res }) => {
      const member = memberOf(req);
      const stated = await statedIn(parts, id);
      await noteLook(db, member, { id, action: 'organisation.look', detail: { reason } });
      const { token, expiresAt } = views.open(member.id, id);
      res.set('Cache-Control', 'no-store');
      return { token, expiresAt: expiresAt.toISOString(), ...stated };
    }),
    endpoint(staffOrganisationApi.licence, async ({ params: { id }, query: { view }, req, res }) => {
      const member = memberOf(req);
      views.require(member.id, id, view);
      const version = await store.current(id);
      await noteLook(db, member, { id, action: 'organisation.look-licence', detail: {} });
      const { bytes } = await store.licence(version);
      // A photograph of the screen still names who looked.
      const shown = await markPicture(bytes, { text: await markFor(db, member), fontFile });
      res.set('Cache-Control', 'private, no-store').type('image/jpeg').send(shown);
      return undefined;
    }),
  ];
}

function decisionEndpoints(parts: StaffParts): Endpoint[] {
  const { reviews } = parts;
  return [
    endpoint(staffOrganisationApi.take, async ({ params: { id }, req }) => {
      await reviews.take(memberOf(req).id, id);
      return undefined;
    }),
    endpoint(staffOrganisationApi.release, async ({ params: { id }, req }) => {
      const { id: staffId, roles } = memberOf(req);
      await reviews.release(staffId, id, { isForced: roles.includes('senior-reviewer') });
      return undefined;
    }),
    endpoint(staffOrganisationApi.decide, async ({ params: { id }, body, req }) => {
      const staffId = memberOf(req).id;
      await reviews.decide(staffId, id, body);
      return viewForStaff(parts, { id, staffId });
    }),
  ];
}

async function markFor({ prisma }: Database, { id }: Member): Promise<string> {
  const { userNumber } = await prisma.account.findUniqueOrThrow({ where: { id }, select: { userNumber: true } });
  return markOf(userNumber);
}

/** Who looked at what, before they see it. */
function noteLook(
  db: Database,
  { owner }: Member,
  { id, action, detail }: { id: string; action: string; detail: Record<string, string> },
): Promise<void> {
  return db.transaction(async (tx) => {
    tx.record({ actor: actorOf(owner), action, subject: `organisation:${id}`, detail });
  });
}
