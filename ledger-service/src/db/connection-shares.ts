// SPDX-License-Identifier: Apache-2.0
// Divides the connections that the service may have among those who need them, so that their sum is a setting.

export interface ConnectionShares {
  /** Answering requests. */
  requests: number;
  /** The steps of the pipeline. */
  work: number;
  /** Proofs, read for requests. */
  reads: number;
  /** The queue, the session on which it listens included. */
  queue: number;
}

/** The leader's lock. */
const SESSIONS = 1;
const QUEUE = 5;

/** Fewer would let the pools starve one another. */
export const LEAST_CONNECTIONS = 20;

export function shareConnections(total: number): ConnectionShares {
  const rest = total - SESSIONS - QUEUE;
  const requests = Math.floor(rest * 0.4);
  const work = Math.floor(rest * 0.35);
  return { requests, work, reads: rest - requests - work, queue: QUEUE };
}
