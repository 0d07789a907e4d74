// SPDX-License-Identifier: Apache-2.0
// A client as the ledger's documentation asks for: it retries whatever got no answer, always with the same references.
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Journal, Promised, Submission } from './journal.ts';

const ANSWER_WITHIN_MS = 15_000;
const RETRY_AFTER_MS = 150;
const KINDS = ['attestation', 'registration', 'submission'] as const;

export interface ClientOptions {
  url: string;
  apiKey: () => string;
  journal: Journal;
  total: number;
  bulk: number;
  /** Spreads the submissions over the kills. */
  paceMs: number;
}

/** Submits `total` entries and returns how many requests had to be sent again. */
export async function submitAll({ url, apiKey, journal, total, bulk, paceMs }: ClientOptions): Promise<number> {
  let retries = 0;
  for (let first = 0; first < total; first += bulk) {
    const submissions = Array.from({ length: Math.min(bulk, total - first) }, () => newSubmission());
    journal.intends(submissions);
    for (;;) {
      const promised = await submitOnce(url, apiKey(), submissions);
      if (promised) {
        journal.wasPromised(promised);
        break;
      }
      retries += 1;
      await pause(RETRY_AFTER_MS);
    }
    // Every tenth bulk is sent twice, as a client that lost the answer would.
    if ((first / bulk) % 10 === 9) journal.wasPromised((await submitOnce(url, apiKey(), submissions)) ?? []);
    await pause(paceMs);
  }
  return retries;
}

function newSubmission(): Submission {
  const reference = `chaos:${randomUUID()}`;
  const kind = KINDS[Math.floor(Math.random() * KINDS.length)] ?? 'attestation';
  return { reference, kind, sha256: createHash('sha256').update(reference).digest('hex') };
}

/** Undefined when no answer came or the service asked to come back later; any other refusal is a fault. */
async function submitOnce(url: string, apiKey: string, submissions: Submission[]): Promise<Promised[] | undefined> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${url}/v1/entries`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ entries: submissions }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    text = await response.text();
  } catch {
    return undefined;
  }
  if (response.status === 503) return undefined;
  if (response.status !== 202) throw new Error(`the ledger refused a submission: ${response.status} ${text}`);
  const { entries } = JSON.parse(text) as { entries: { id: string; reference: string }[] };
  return submissions.map((submission, index) => {
    const id = entries[index]?.id;
    if (id === undefined) throw new Error(`no id for ${submission.reference}`);
    return { ...submission, id };
  });
}
