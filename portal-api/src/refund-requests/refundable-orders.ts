// SPDX-License-Identifier: Apache-2.0
// What refund requests need of the orders they are about.
import type { Db, Transaction } from '../db/database.ts';
import type { Owner } from '../http/members.ts';
import type { OrderKind } from '../orders/index.ts';

export interface ReturnedOrder {
  owner: Owner;
  title: string;
  orderNumber: string;
  /** Staff has returned it, and it was not submitted again. */
  isReturned: boolean;
  /** When the time to submit it again is over. */
  dueAt: Date;
}

export interface RefundableOrders {
  /** Throws `…-not-found`, also for another's. */
  read(db: Db, id: string, owner: Owner): Promise<Pick<ReturnedOrder, 'isReturned'>>;
  /** Locks the order, before any payment or request of it, or throws `…-not-found`. */
  lock(tx: Transaction, id: string, owner?: Owner): Promise<ReturnedOrder>;
  /** Ends a returned order, whose money goes back. */
  end(tx: Transaction, id: string, actor: string): Promise<void>;
}

/** Of each kind of order. */
export type RefundableByKind = Readonly<Record<OrderKind, RefundableOrders>>;
