// SPDX-License-Identifier: Apache-2.0
// Closing an account and withdrawing the consent to handle an identity. Both wait until no money and no review is open.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { endShareLinks } from '../share-links/index.ts';
import { findBlockers, lockAgainstOrders } from './blockers.store.ts';
import { closeRecord, endIdentity } from './erasure.store.ts';
import { eraseOrKeep } from './pending-erasure.ts';

export interface ClosingParts {
  db: Database;
  vault: Vault;
  /** Throws when the password is wrong, and counts the try. */
  provePassword(accountId: string, password: string): Promise<void>;
  endSessions(tx: Transaction, accountId: string): Promise<unknown>;
  /** Deletes works, drafts of orders and what is published. */
  removeWorks(tx: Transaction, accountId: string): Promise<void>;
}

export interface ClosingRequest {
  password: string;
  /** Also salts and contents of certified orders, which stay otherwise: their certificates can then disclose nothing more. */
  erasesOrders: boolean;
}

export interface Closing {
  /** Throws `closing-blocked`. */
  close(accountId: string, request: ClosingRequest): Promise<void>;
  /** Throws `closing-blocked`. */
  withdrawIdentity(accountId: string): Promise<void>;
}

export function createClosing({ db, vault, provePassword, endSessions, removeWorks }: ClosingParts): Closing {
  const unblocked = async (tx: Transaction, accountId: string) => {
    if (!(await lockAgainstOrders(tx, accountId))) throw new DomainError('unauthenticated');
    const reasons = await findBlockers(tx.prisma, accountId);
    if (reasons.length > 0) throw new DomainError('closing-blocked', { reasons: reasons.join(' ') });
  };
  return {
    async close(accountId, { password, erasesOrders }) {
      await provePassword(accountId, password);
      await db.transaction(async (tx) => {
        await unblocked(tx, accountId);
        await removeWorks(tx, accountId);
        await endShareLinks(tx, accountId);
        await endIdentity(tx, accountId);
        await endSessions(tx, accountId);
        await closeRecord(tx, vault, accountId);
        const isHeld = await eraseOrKeep(tx, vault, { accountId, erasesOrders });
        const subject = `account:${accountId}`;
        tx.record({ actor: subject, action: 'account.close', subject, detail: { erasesOrders, isHeld } });
      });
    },

    withdrawIdentity: (accountId) =>
      db.transaction(async (tx) => {
        await unblocked(tx, accountId);
        await endIdentity(tx, accountId);
        const isHeld = await eraseOrKeep(tx, vault, { accountId, erasesOrders: false });
        const subject = `account:${accountId}`;
        tx.record({ actor: subject, action: 'identity.withdraw-consent', subject, detail: { isHeld } });
      }),
  };
}
