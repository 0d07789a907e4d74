// SPDX-License-Identifier: Apache-2.0
// From closed batches and requested revocations to transactions that the chain has been given.
import { createHaltGuard, repeatBatches, sendBatches, signBatches } from '../anchoring/index.ts';
import { inParts } from '../apart.ts';
import type { Ledger } from '../ledger.ts';
import { type Resting, sendRevocations, signRevocations } from '../revocations/index.ts';
import { createBroadcaster } from '../transactions/index.ts';

/** A new batch is sent at once; looking after the older ones can wait. */
const REPEAT_EVERY_MS = 800;

export interface Sending {
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
  let repeatAt = 0;

  async function send(): Promise<boolean> {
    let mayAnchor = false;
    await inParts(async (attempt) => {
      await attempt('sign-batches', async () => {
        mayAnchor = await guard.mayAnchor();
        if (mayAnchor) await signBatches(ledger);
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
      await attempt('sign-revocations', () => signRevocations(ledger, resting));
      await attempt('send-revocations', () => sendRevocations(ledger, revocations));
    });
  }

  return { send, lookAfter };
}
