// SPDX-License-Identifier: Apache-2.0
// People who try again what got no answer, and what they were told to try again. What they were answered counts.
import { setTimeout as pause } from 'node:timers/promises';
import { type PortalAnswer, PortalClient } from '../support/portal.ts';
import type { SoakRecord } from './record.ts';

const ANSWER_WITHIN_MS = 20_000;
const RETRY_AFTER_MS = 400;
/** Nobody waits longer for one act; so long a part is away at most, and starts. */
const GIVE_UP_AFTER_MS = 300_000;
const COME_BACK = [429, 502, 503, 504];

/** Does not wait for ever for a part that was cut off. */
export class SoakClient extends PortalClient {
  override request(...[method, path, parts = {}]: Parameters<PortalClient['request']>): Promise<Response> {
    return super.request(method, path, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), ...parts });
  }
}

export interface Patient {
  readonly record: SoakRecord;
  /** Of refusals, those that an act may meet when its first try was heard and not answered. */
  readonly expected: readonly string[];
}

/** Repeats the act until it is answered. */
export async function patiently(
  { record, expected }: Patient,
  act: string,
  ask: () => Promise<PortalAnswer>,
): Promise<PortalAnswer> {
  const startedAt = Date.now();
  for (let retries = 0; ; retries += 1) {
    const answer = await ask().catch(() => undefined);
    if (answer && answer.status < 500 && !COME_BACK.includes(answer.status)) {
      record.took(act, Date.now() - startedAt, retries);
      const isRefused = answer.status >= 400 && !expected.includes(answer.code ?? '');
      if (isRefused)
        record.fault('every answer makes sense', `${act}: ${answer.status} ${answer.code} ${answer.fields}`);
      return answer;
    }
    if (answer && !COME_BACK.includes(answer.status))
      record.fault(
        'every answer makes sense',
        `${act}: ${answer.status} ${answer.code} ${answer.headers.get('x-request-id')}`,
      );
    if (Date.now() - startedAt > GIVE_UP_AFTER_MS) throw new Error(`${act} got no answer: ${answer?.status}`);
    await pause(RETRY_AFTER_MS);
  }
}
