// SPDX-License-Identifier: Apache-2.0
// A member's sessions, and their end. The id in the cookie leaves nothing but a digest: whoever reads the list gets nobody
// else's session.
import { createHash } from 'node:crypto';
import type { Database, Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Device } from '../http/device.ts';
import { LONGEST_SESSION_MS } from '../http/members.ts';
import { IDLE_MS } from '../http/sessions.ts';
import { findSessions } from './accounts.sql.ts';

export interface ListedSession extends Device {
  id: string;
  isCurrent: boolean;
  loggedInAt: Date;
  lastSeenAt: Date;
}

export interface SessionList {
  /** The newest first. `current` is the id in the cookie. */
  of(accountId: string, current: string): Promise<ListedSession[]>;
  /** Throws `session-not-found`. */
  end(accountId: string, id: string): Promise<void>;
  /** Ends every session but this one, also those that are being renewed now; answers the epoch of the one that stays. */
  endOthers(tx: Transaction, accountId: string, keep?: string): Promise<number>;
}

export function createSessionList(db: Database): SessionList {
  return {
    async of(accountId, current) {
      const found = await findSessions(db.prisma, accountId, new Date(Date.now() - LONGEST_SESSION_MS));
      return found.map(({ sid, loggedInAt, expire, ...device }) => ({
        ...device,
        id: idOf(sid),
        isCurrent: sid === current,
        loggedInAt,
        lastSeenAt: new Date(expire.getTime() - IDLE_MS),
      }));
    },

    async end(accountId, id) {
      const found = await findSessions(db.prisma, accountId, new Date(0));
      const sid = found.find((each) => idOf(each.sid) === id)?.sid;
      if (sid === undefined) throw new DomainError('session-not-found');
      await db.transaction(async (tx) => {
        await tx.prisma.session.deleteMany({ where: { sid } });
        const subject = `account:${accountId}`;
        tx.record({ actor: subject, action: 'account.end-session', subject });
      });
    },

    async endOthers(tx, accountId, keep = '') {
      const { sessionEpoch } = await tx.prisma.account.update({
        where: { id: accountId },
        data: { sessionEpoch: { increment: 1 } },
        select: { sessionEpoch: true },
      });
      const found = await findSessions(tx.prisma, accountId, new Date(0));
      const ended = found.map(({ sid }) => sid).filter((sid) => sid !== keep);
      await tx.prisma.session.deleteMany({ where: { sid: { in: ended } } });
      return sessionEpoch;
    },
  };
}

function idOf(sid: string): string {
  return createHash('sha256').update(sid).digest('hex').slice(0, 32);
}
