// SPDX-License-Identifier: Apache-2.0
// A registry's events, as a node's log tells them.
import { type LogEntry, REGISTRY_TOPICS } from '@inkseal/verifier/audit';
import { isRecord } from './node.ts';
import { MalformedAnswerError, readCount, readData, readWord } from './readings.ts';

export type { LogEntry };

export const logsFilter = (address: string, fromBlock: string, toBlock: string) => ({
  address,
  fromBlock,
  toBlock,
  topics: [REGISTRY_TOPICS],
});

/** In the order of the blocks asked for. */
export function readLogs(told: unknown, { from, to }: { from: bigint; to: bigint }): LogEntry[] {
  if (!Array.isArray(told)) throw new MalformedAnswerError('logs');
  const entries = told.map(readLog);
  const isInOrder = entries.every(({ block }, place) => block >= (entries[place - 1]?.block ?? from) && block <= to);
  if (!isInOrder) throw new MalformedAnswerError('logs.blockNumber');
  return entries;
}

function readLog(told: unknown): LogEntry {
  if (!isRecord(told) || !Array.isArray(told.topics)) throw new MalformedAnswerError('log');
  return {
    block: readCount(told.blockNumber, 'log.blockNumber'),
    topics: told.topics.map((topic) => readWord(topic, 'log.topics')),
    data: readData(told.data, 'log.data'),
  };
}
