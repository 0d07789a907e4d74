// SPDX-License-Identifier: Apache-2.0
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, memberOf } from '../http/members.ts';
import { decidePublication, dismissReport } from './moderate.ts';
import { moderationApi } from './moderation.api.ts';
import { findForStaff, listForStaff } from './moderation.store.ts';
import { readPicture } from './publications.routes.ts';

export function moderationEndpoints(parts: { db: Database; vault: Vault }): Endpoint[] {
  const { db } = parts;
  return [
    endpoint(moderationApi.list, ({ query, req }) => listForStaff(db, memberOf(req).id, query)),
    endpoint(moderationApi.read, async ({ params: { id }, req }) => {
      const member = memberOf(req);
      const found = await findForStaff(parts, member.id, id);
      await db.transaction(async (tx) =>
        tx.record({ actor: actorOf(member.owner), action: 'publication.look', subject: `publication:${id}` }),
      );
      return found;
    }),
    endpoint(moderationApi.image, async ({ params, res }) => {
      const picture = await readPicture(parts, { ...params, size: 'picture' }, { isPublic: false });
      res.set('Cache-Control', 'private, no-store').type('image/webp').send(picture);
      return undefined;
    }),
    endpoint(moderationApi.decide, async ({ params: { id }, body, req }) => {
      const staffId = memberOf(req).id;
      await decidePublication(db, { staffId, id }, body);
      return findForStaff(parts, staffId, id);
    }),
    endpoint(moderationApi.dismissReport, async ({ params: { id, reportId }, req }) => {
      const staffId = memberOf(req).id;
      await dismissReport(db, { staffId, id }, reportId);
      return findForStaff(parts, staffId, id);
    }),
  ];
}
