// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, memberOf } from '../http/members.ts';
import { senderKey } from '../http/rate-limits.ts';
import { keepSession } from '../http/sessions.ts';
import type { Avatars } from './avatars.ts';
import type { PhoneChange } from './phone-change.ts';
import { securityApi } from './security.api.ts';
import type { SessionList } from './session-list.ts';
import { CODE_TTL_SECONDS, RESEND_SECONDS } from './sms-codes.ts';

interface SecurityParts {
  db: Database;
  avatars: Avatars;
  phoneChange: PhoneChange;
  sessions: SessionList;
}

export function securityEndpoints(parts: SecurityParts): Endpoint[] {
  return [...avatarEndpoints(parts), ...phoneEndpoints(parts), ...sessionEndpoints(parts)];
}

function avatarEndpoints({ avatars }: SecurityParts): Endpoint[] {
  return [
    endpoint(securityApi.setAvatar, async ({ bytes, req }) => ({ avatar: await avatars.set(memberOf(req).id, bytes) })),
    endpoint(securityApi.readAvatar, async ({ req, res }) => {
      const picture = await avatars.read(memberOf(req).id);
      res.set('Cache-Control', 'private, no-store').type('image/webp').send(picture);
      return undefined;
    }),
    endpoint(securityApi.removeAvatar, async ({ req }) => {
      await avatars.remove(memberOf(req).id);
      return undefined;
    }),
  ];
}

function phoneEndpoints({ phoneChange }: SecurityParts): Endpoint[] {
  return [
    endpoint(securityApi.sendPhoneCode, async ({ body, req }) => {
      await phoneChange.requestCode({ ...body, accountId: memberOf(req).id, address: senderKey(req) });
      return { expiresInSeconds: CODE_TTL_SECONDS, resendAfterSeconds: RESEND_SECONDS };
    }),
    endpoint(securityApi.changePhone, async ({ body: { phone, code, currentCode, password = '' }, req }) => {
      const proof = currentCode === undefined ? { password } : { currentCode };
      const request = { accountId: memberOf(req).id, session: req.sessionID, phone, code, proof };
      await keepSession(req, await phoneChange.change(request));
      return undefined;
    }),
  ];
}

function sessionEndpoints({ db, sessions }: SecurityParts): Endpoint[] {
  return [
    endpoint(securityApi.sessions, async ({ req }) => {
      const found = await sessions.of(memberOf(req).id, req.sessionID);
      const items = found.map(({ loggedInAt, lastSeenAt, ...rest }) => ({
        ...rest,
        loggedInAt: loggedInAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
      }));
      return { items };
    }),
    endpoint(securityApi.endSession, async ({ params, req }) => {
      await sessions.end(memberOf(req).id, params.id);
      return undefined;
    }),
    endpoint(securityApi.endSessions, async ({ query: { keep }, req }) => {
      const member = memberOf(req);
      const epoch = await db.transaction((tx) => {
        const subject = actorOf(member.owner);
        tx.record({ actor: subject, action: 'account.end-sessions', subject, detail: { keep: keep ?? 'none' } });
        return sessions.endOthers(tx, member.id, keep && req.sessionID);
      });
      if (keep) await keepSession(req, epoch);
      return undefined;
    }),
  ];
}
