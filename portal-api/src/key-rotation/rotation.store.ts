// SPDX-License-Identifier: Apache-2.0
// Keys of files, and text messages in the outbox, for a rotation. Nothing happens to a row that was changed since it was read.
import { z } from 'zod';
import type { WrappedKey } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';

const ROWS_AT_ONCE = 200;

export interface FileKey extends WrappedKey {
  id: string;
  size: bigint;
}

export interface FileKeys {
  /** Those wrapped by another than the active key, in the order of ids. */
  find(after: string, active: string): Promise<FileKey[]>;
  replace(old: FileKey, wrapped: { keyId: string; wrappedKey: Buffer<ArrayBuffer> }): Promise<void>;
}

export function uploadKeys({ prisma }: Database): FileKeys {
  return {
    async find(after, active) {
      const rows = await prisma.upload.findMany({
        // An upload that ended has an empty key.
        where: { id: { gt: after }, keyId: { not: active }, wrappedKey: { not: new Uint8Array() } },
        select: { id: true, declaredSize: true, keyId: true, wrappedKey: true },
        orderBy: { id: 'asc' },
        take: ROWS_AT_ONCE,
      });
      return rows.map(({ declaredSize: size, ...row }) => ({ ...row, size }));
    },
    async replace({ id, wrappedKey }, wrapped) {
      await prisma.upload.updateMany({ where: { id, wrappedKey: new Uint8Array(wrappedKey) }, data: wrapped });
    },
  };
}

export function certificateKeys({ prisma }: Database): FileKeys {
  return {
    async find(after, active) {
      const rows = await prisma.certificate.findMany({
        where: { id: { gt: after }, pdfKeyId: { not: active }, pdfWrappedKey: { not: new Uint8Array() } },
        select: { id: true, pdfSize: true, pdfKeyId: true, pdfWrappedKey: true },
        orderBy: { id: 'asc' },
        take: ROWS_AT_ONCE,
      });
      return rows.flatMap(({ id, pdfSize: size, pdfKeyId: keyId, pdfWrappedKey: wrappedKey }) =>
        size === null || keyId === null || wrappedKey === null ? [] : [{ id, size, keyId, wrappedKey }],
      );
    },
    async replace({ id, wrappedKey }, wrapped) {
      await prisma.certificate.updateMany({
        where: { id, pdfWrappedKey: new Uint8Array(wrappedKey) },
        data: { pdfKeyId: wrapped.keyId, pdfWrappedKey: wrapped.wrappedKey },
      });
    },
  };
}

/** Empty where a payload has no message. */
const text = z.string().catch('');
const payloadSchema = z.object({ id: text, message: text });

export interface StoredMessage {
  id: bigint;
  topic: string;
  subject: string;
  message: string;
}

export async function findMessages({ prisma }: Database, topics: string[], after: bigint): Promise<StoredMessage[]> {
  const rows = await prisma.outbox.findMany({
    where: { id: { gt: after }, topic: { in: topics } },
    select: { id: true, topic: true, payload: true },
    orderBy: { id: 'asc' },
    take: ROWS_AT_ONCE,
  });
  return rows.map(({ id, topic, payload }) => {
    const { id: subject, message } = payloadSchema.parse(payload);
    return { id, topic, subject, message };
  });
}

export async function replaceMessage({ prisma }: Database, row: StoredMessage, newMessage: string): Promise<void> {
  const { id, subject, message } = row;
  await prisma.outbox.updateMany({
    where: { id, payload: { path: ['message'], equals: message } },
    data: { payload: { id: subject, message: newMessage } },
  });
}
