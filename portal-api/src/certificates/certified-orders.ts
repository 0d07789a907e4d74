// SPDX-License-Identifier: Apache-2.0
// What certificates need of the orders they are issued for. Each kind of order brings its own.
import type { Db, Transaction } from '../db/database.ts';
import type { Owner } from '../http/members.ts';
import type { OrderKey, OrderKind } from '../orders/index.ts';
import type { ReceivedUpload } from '../uploads/index.ts';

/** Of the outbox rows that ask for a certificate; their payload is the key of the order and the round. */
export const CERTIFICATE_TOPIC = 'certificate';

export interface CertifiedOrders {
  /** Throws `…-not-found`, also for another's. */
  requireOwn(db: Db, id: string, owner: Owner): Promise<void>;
  provenanceOf(db: Db, id: string): Promise<Provenance>;
  /** Its certificate is there: moves the order, and tells its owner. The second time it changes nothing. */
  certified(tx: Transaction, id: string, certificate: { number: string; issuedAt: Date }): Promise<void>;
}

/** Where an order comes from. */
export interface Provenance {
  owner: Owner;
  /** When its work was begun. */
  begunAt: Date;
  /** Of the rows of the audit log that tell of it. */
  subjects: string[];
  /** The uploads whose digests stand in the section of files. */
  originals: ReceivedUpload[];
  /** Those of the other documents of a registration. */
  documents: ReceivedUpload[];
}

interface Parts {
  work: { id: string };
  files: readonly { upload: { id: string } }[];
  payments: readonly { id: string }[];
  manifests: readonly { id: string }[];
}

/** What belongs to an order, as the audit log names it. */
export function subjectsOf({ work, files, payments, manifests }: Parts): string[] {
  return [
    `work:${work.id}`,
    ...new Set(files.map(({ upload }) => `upload:${upload.id}`)),
    ...payments.map(({ id }) => `payment:${id}`),
    ...manifests.map(({ id }) => `manifest:${id}`),
  ];
}

export type CertifiedOrdersByKind = Readonly<Record<OrderKind, CertifiedOrders>>;

/** An order's certificate, when everything of it was asked for in this round. */
export interface CertificateKey {
  order: OrderKey;
  round: number;
}
