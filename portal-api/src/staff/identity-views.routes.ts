// SPDX-License-Identifier: Apache-2.0
import type { Response } from 'express';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, type Member, memberOf } from '../http/members.ts';
import type { IdentityLook, IdentityViews } from '../identity/index.ts';
import { markOf, markPicture } from '../pictures.ts';
import { identityViewApi } from './identity-views.api.ts';

interface IdentityViewParts {
  db: Database;
  look: IdentityLook;
  views: IdentityViews;
  /** Of the signs that are drawn into a picture. */
  fontFile: string;
}

export function identityViewEndpoints({ db, look, views, fontFile }: IdentityViewParts): Endpoint[] {
  /** Written before anything is shown. */
  const note = (member: Member, accountId: string, action: string, detail: Record<string, string>) =>
    db.transaction(async (tx) => {
      tx.record({ actor: actorOf(member.owner), action, subject: `account:${accountId}`, detail });
    });
  return [
    endpoint(identityViewApi.open, async ({ params: { id }, body: { reason }, req, res }) => {
      const member = memberOf(req);
      const found = await look.see(id);
      if (!found) throw new DomainError('file-not-found');
      await note(member, id, 'identity.look', { reason });
      const { token, expiresAt } = views.open(member.id, id);
      const { name, idNumber, address, sides, check } = found;
      noStore(res);
      return { token, expiresAt: expiresAt.toISOString(), name, idNumber, address, sides, check };
    }),
    endpoint(identityViewApi.picture, async ({ params: { id, side }, query: { view }, req, res }) => {
      const member = memberOf(req);
      views.require(member.id, id, view);
      const picture = await look.picture(id, side);
      if (!picture) throw new DomainError('file-not-found');
      await note(member, id, 'identity.look-at-picture', { side });
      const marked = await markPicture(picture, { text: await markFor(db, member), fontFile });
      noStore(res).type('image/jpeg').send(marked);
      return undefined;
    }),
  ];
}

const noStore = (res: Response): Response => res.set('Cache-Control', 'no-store');

async function markFor({ prisma }: Database, { id }: Member): Promise<string> {
  const { userNumber } = await prisma.account.findUniqueOrThrow({ where: { id }, select: { userNumber: true } });
  return markOf(userNumber);
}
