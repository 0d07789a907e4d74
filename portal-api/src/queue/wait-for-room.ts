// SPDX-License-Identifier: Apache-2.0
// A full disk is not a failure of the job that meets it: the job waits, and goes on when somebody has made room.
import { isDiskFull } from '@inkseal/service-kit';
import { DomainError } from '../errors.ts';
import { NotYet, type TopicHandler, type Topics } from './outbox-worker.ts';

const RETRY_MS = 5_000;

export function waitForRoom(topics: Topics): Topics {
  return Object.fromEntries(Object.entries(topics).map(([name, handler]) => [name, waiting(handler)]));
}

function waiting(handler: TopicHandler): TopicHandler {
  return async (payload, job) => {
    try {
      await handler(payload, job);
    } catch (error) {
      const isRefused = error instanceof DomainError && error.details.reason === 'no-room';
      throw isRefused || isDiskFull(error) ? new NotYet('room on the disk', RETRY_MS) : error;
    }
  };
}
