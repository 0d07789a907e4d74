// SPDX-License-Identifier: Apache-2.0
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, type Member, memberOf } from '../http/members.ts';
import type { IdentityLook, IdentityReason, IdentityViews } from '../identity/index.ts';
import { markOf, markPicture } from '../pictures.ts';
import type { StaffReviews } from '../staff-reviews/index.ts';
import { identityReviewApi } from './identity-reviews.api.ts';
import { listForStaff, readForStaff, statedIn } from './identity-reviews.view.ts';

interface IdentityReviewParts {
  db: Database;
  vault: Vault;
  look: IdentityLook;
  views: IdentityViews;
  reviews: StaffReviews<IdentityReason>;
  needsTwo: boolean;
  /** Of the signs that are drawn into a picture. */
  fontFile: string;
}

export function identityReviewEndpoints(parts: IdentityReviewParts): Endpoint[] {
  return [...readEndpoints(parts), ...viewEndpoints(parts), ...decisionEndpoints(parts)];
}

function readEndpoints({ db, needsTwo }: IdentityReviewParts): Endpoint[] {
  return [
    endpoint(identityReviewApi.list, ({ query, req }) => listForStaff(db, memberOf(req).id, query)),
    endpoint(identityReviewApi.read, ({ params: { id }, req }) =>
      readForStaff(db, { id, staffId: memberOf(req).id, needsTwo }),
    ),
  ];
}

function viewEndpoints({ db, vault, look, views, fontFile }: IdentityReviewParts): Endpoint[] {
  /** Written before anything is shown. */
  const note = (member: Member, id: string, action: string, detail: Record<string, string>) =>
    db.transaction(async (tx) => {
      tx.record({ actor: actorOf(member.owner), action, subject: `identity:${id}`, detail });
    });
  return [
    endpoint(identityReviewApi.view, async ({ params: { id }, body: { reason }, req, res }) => {
      const member = memberOf(req);
      const stated = await statedIn(db, vault, id);
      await note(member, id, 'identity.look', { reason });
      const { token, expiresAt } = views.open(member.id, id);
      res.set('Cache-Control', 'no-store');
      return { token, expiresAt: expiresAt.toISOString(), ...stated };
    }),
    endpoint(identityReviewApi.picture, async ({ params: { id, side }, query: { view }, req, res }) => {
      const member = memberOf(req);
      views.require(member.id, id, view);
      const picture = await look.pictureOf(id, side);
      if (!picture) throw new DomainError('file-not-found');
      await note(member, id, 'identity.look-at-picture', { side });
      const marked = await markPicture(picture, { text: await markFor(db, member), fontFile });
      res.set('Cache-Control', 'no-store').type('image/jpeg').send(marked);
      return undefined;
    }),
  ];
}

function decisionEndpoints({ db, reviews, needsTwo }: IdentityReviewParts): Endpoint[] {
  return [
    endpoint(identityReviewApi.take, async ({ params: { id }, req }) => {
      await reviews.take(memberOf(req).id, id);
      return undefined;
    }),
    endpoint(identityReviewApi.release, async ({ params: { id }, req }) => {
      const { id: staffId, roles } = memberOf(req);
      await reviews.release(staffId, id, { isForced: roles.includes('senior-reviewer') });
      return undefined;
    }),
    endpoint(identityReviewApi.decide, async ({ params: { id }, body, req }) => {
      const staffId = memberOf(req).id;
      await reviews.decide(staffId, id, body);
      return readForStaff(db, { id, staffId, needsTwo });
    }),
  ];
}

async function markFor({ prisma }: Database, { id }: Member): Promise<string> {
  const { userNumber } = await prisma.account.findUniqueOrThrow({ where: { id }, select: { userNumber: true } });
  return markOf(userNumber);
}
