// SPDX-License-Identifier: Apache-2.0
// How far this machine's clock is from the time servers that the settings name: asked by each process for its own machine,
// shown in metrics and readiness, and written into the packages of certificates.
import type { Logger } from 'pino';
import { askTime, type TimeServer } from './ntp.ts';

const EVERY_MS = 10 * 60_000;
const ANSWER_WITHIN_MS = 3_000;
/** Times are printed to the second. */
const WRONG_FROM_MS = 1_000;
/** Of an answer that no longer says anything. */
const FORGOTTEN_AFTER_MS = 60 * 60_000;

export interface ClockOffset {
  /** Of the servers' time from ours: the median, so that a lying minority moves nothing. */
  offsetMs: number;
  /** How many answered. */
  servers: number;
  measuredAt: Date;
}

export interface ClockWatch {
  /** Undefined without servers, and while fewer than half have answered within the last hour. */
  offset(): ClockOffset | undefined;
  isWrong(): boolean;
  /** Measures now; also done by itself. */
  measure(): Promise<void>;
  close(): void;
}

export interface ClockOptions {
  /** Tests wait less. */
  forgottenAfterMs?: number;
}

export function watchClock(
  servers: readonly TimeServer[],
  logger: Logger,
  { forgottenAfterMs = FORGOTTEN_AFTER_MS }: ClockOptions = {},
): ClockWatch {
  let newest: ClockOffset | undefined;
  const offset = () => (newest && Date.now() - newest.measuredAt.getTime() < forgottenAfterMs ? newest : undefined);
  const isWrong = () => Math.abs(offset()?.offsetMs ?? 0) >= WRONG_FROM_MS;
  const measure = async () => {
    const asked = await Promise.allSettled(servers.map((server) => askTime(server, { withinMs: ANSWER_WITHIN_MS })));
    const answers = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value.offsetMs] : []));
    if (answers.length * 2 <= servers.length) {
      logger.warn({ asked: servers.length, answered: answers.length }, 'too few time servers answer');
      return;
    }
    newest = { offsetMs: Math.round(median(answers)), servers: answers.length, measuredAt: new Date() };
    if (isWrong()) logger.error({ alert: 'clock', ...newest }, 'the clock of this machine is wrong');
    else logger.info({ ...newest }, 'the clock was compared');
  };
  const timer = servers.length > 0 ? setInterval(() => void measure(), EVERY_MS).unref() : undefined;
  if (servers.length > 0) void measure();
  return { offset, isWrong, measure, close: () => clearInterval(timer) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [high = 0, low = 0] = [sorted[middle], sorted[middle - 1]];
  return sorted.length % 2 === 1 ? high : (high + low) / 2;
}
