// SPDX-License-Identifier: Apache-2.0
// The key that signs acceptance receipts, from a file that only the ledger's user may read; and the keys that ever signed
// them, which the trust file lists so that old receipts stay verifiable.
import { readFile } from 'node:fs/promises';
import { fromHex, toHex } from '@inkseal/verifier';
import { receiptKeyOf } from '@inkseal/verifier/receipts';
import { createOnce } from '../create-once.ts';
import { lockUntilCommit } from '../db/advisory-locks.ts';
import { bytesOf, type Database, type Db } from '../db/database.ts';
import { StartError } from '../errors.ts';

export interface ReceiptSettings {
  readonly keyFile: string;
  /** From receiving an entry to the time by which its receipt promises the anchor. */
  readonly anchorWithinMs: number;
  /** Whether a missing file is made. */
  readonly mayMakeKey: boolean;
}

export interface ReceiptSigner {
  readonly secretKey: Uint8Array;
  /** The public key in hex. */
  readonly key: string;
  readonly anchorWithinMs: number;
}

/** Throws StartError `key-file-unusable`. Makes the file, whole and mode 0600, where that is allowed and there is none. */
export async function loadReceiptSigner(settings: ReceiptSettings): Promise<ReceiptSigner> {
  const { keyFile, anchorWithinMs, mayMakeKey } = settings;
  try {
    if (mayMakeKey) await createOnce(keyFile, `${toHex(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))}\n`);
    const secretKey = fromHex((await readFile(keyFile, 'utf8')).trim());
    if (secretKey.length !== SECRET_BYTES) throw new RangeError('not a key');
    return { secretKey, key: receiptKeyOf(secretKey), anchorWithinMs };
  } catch {
    // What the file holds is not repeated: it may be a key with a typing error.
    throw new StartError('key-file-unusable', `${keyFile} does not contain a private key (32 bytes in hex)`);
  }
}

const SECRET_BYTES = 32;

/**
 * Makes this key the one that signs, and retires the one before; does nothing if it is that one already. A key that was retired
 * never signs again, since readers refuse its later receipts: throws StartError `key-file-unusable`.
 */
export async function enrolReceiptKey(database: Database, { key }: ReceiptSigner): Promise<void> {
  await database.transaction(
    async (tx) => {
      await lockUntilCommit(tx, 'receipts');
      const known = await tx.receiptKey.findUnique({ where: { key: bytesOf(key) } });
      if (known?.validUntil)
        throw new StartError('key-file-unusable', 'RECEIPT_KEY_FILE contains a key that was retired');
      if (known) return;
      const { _min, _max } = await tx.entry.aggregate({ _min: { receivedAt: true }, _max: { receivedAt: true } });
      const now = Date.now();
      // Our clock may have been set back since the last entry was received.
      const validUntil = new Date(Math.max(now, _max.receivedAt?.getTime() ?? 0) + 1);
      // An entry that came before the key, and has no receipt yet, gets one of this key.
      const validFrom = new Date(Math.min(now, _min.receivedAt?.getTime() ?? now));
      await tx.receiptKey.updateMany({ where: { validUntil: null }, data: { validUntil } });
      await tx.receiptKey.create({ data: { key: bytesOf(key), validFrom } });
    },
    { mayRunTwice: true },
  );
}

export interface ReceiptKeyRow {
  readonly key: string;
  readonly from: string;
  readonly until?: string;
}

/** Every key that ever signed, as the trust file lists them, in the order of their use. */
export async function readReceiptKeys(db: Db): Promise<ReceiptKeyRow[]> {
  const rows = await db.receiptKey.findMany({ orderBy: { createdAt: 'asc' } });
  return rows.map(({ key, validFrom, validUntil }) => ({
    key: toHex(key),
    from: validFrom.toISOString(),
    ...(validUntil && { until: validUntil.toISOString() }),
  }));
}
