// SPDX-License-Identifier: Apache-2.0
// Acceptance receipts for the service: switched on by the settings, ready once the key is.
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { entryByNumber } from '../intake/index.ts';
import { giveReceipt } from './give-receipt.ts';
import { enrolReceiptKey, loadReceiptSigner, type ReceiptSettings, type ReceiptSigner } from './receipt-key.ts';

export interface Receipts {
  /** Loads the key and makes it the one that signs. Throws StartError. */
  open(): Promise<void>;
  /** The exact bytes, for the client whose number it is. Throws `receipts-off`, `entry-not-found` or `not-ready`. */
  give(clientId: string, number: bigint): Promise<Uint8Array>;
}

/** Without settings none are given. */
export function createReceipts(database: Database, settings: ReceiptSettings | undefined): Receipts {
  let signer: ReceiptSigner | undefined;
  return {
    async open() {
      if (!settings) return;
      const loaded = await loadReceiptSigner(settings);
      await enrolReceiptKey(database, loaded);
      signer = loaded;
    },
    async give(clientId, number) {
      if (!settings) throw new DomainError('receipts-off');
      if (!signer) throw new DomainError('not-ready');
      await entryByNumber(database.prisma, clientId, number);
      return giveReceipt(database, signer, number);
    },
  };
}
