// SPDX-License-Identifier: Apache-2.0
// From closed batches and requested revocations to transactions that the chain has been given.
import {
  createHaltGuard,
  createKeptRows,
  type Kept,
  repeatBatches,
  sendBatches,
  signBatches,
} from '../anchoring/index.ts';
import { inParts } from '../apart.ts';
import type { Ledger } from '../ledger.ts';
import { type Resting, sendRevocations, signRevocations } from '../revocations/index.ts';
import { createBroadcaster } from '../transactions/index.ts';

/** A new batch is sent at once; looking after the older ones can wait. */
const REPEAT_EVERY_MS = 800;

export interface Sending {
  /** Whether rows are not yet where they have to be before they go to the chain. */
  isWaiting(): boolean;
  /** Signs and sends new batches; false while the contract refuses them. */
  send(): Promise<boolean>;
  /** Repeats what has no result, and takes revocations along. A new batch does not wait for it. */
  lookAfter(): Promise<void>;
}

export function createSending(ledger: Ledger): Sending {
  const anchors = createBroadcaster(ledger.chain);
  const revocations = createBroadcaster(ledger.chain);
  const guard = createHaltGuard(ledger);
  const resting: Resting = new Map();
  const keptRows = createKeptRows(ledger);
  let kept: Kept | undefined;
  let repeatAt = 0;

  async function send(): Promise<boolean> {
    let mayAnchor = false;
    await inParts(async (attempt) => {
      await attempt('sign-batches', async () => {
        mayAnchor = await guard.mayAnchor();
        kept = await keptRows();
        if (mayAnchor) await signBatches(ledger, kept.batch);
      });
      await attempt('send-batches', () => sendBatches(ledger, anchors));
    });
    return mayAnchor;
  }

  async function lookAfter(): Promise<void> {
    if (Date.now() < repeatAt) return;
    repeatAt = Date.now() + REPEAT_EVERY_MS;
    await inParts(async (attempt) => {
      await attempt('repeat-batches', () => repeatBatches(ledger, anchors));
      await attempt('sign-revocations', () => signRevocations(ledger, resting, kept?.revocation ?? 0n));
      await attempt('send-revocations', () => sendRevocations(ledger, revocations));
    });
  }

  return { send, lookAfter, isWaiting: () => kept?.isWaiting === true };
}
