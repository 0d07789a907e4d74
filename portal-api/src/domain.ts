// SPDX-License-Identifier: Apache-2.0
// What a domain brings to the portal when it is opened. compose.ts puts the parts of all domains together.
import type { Router } from 'express';
import type { Endpoint } from './http/endpoint.ts';
import type { Role } from './http/members.ts';
import type { Topics } from './queue/outbox-worker.ts';
import type { Schedules } from './queue/schedules.ts';

export interface Domain {
  /** Run with session and CSRF token. */
  endpoints?: readonly Endpoint[];
  /** Need no session and no CSRF token. */
  openEndpoints?: readonly Endpoint[];
  /** Pages without a session. */
  pages?: readonly Router[];
  /** What the outbox worker runs. */
  topics?: Topics;
  /** Those of them that take much memory and processor time. */
  heavyTopics?: readonly string[];
  /** What the passing of time does, by name. Each may run twice, and is tried again when it fails. */
  sweeps?: Sweeps;
  /** What is done again and again at a pace of its own, and not by `sweep`. */
  schedules?: Schedules;
  /** What waits for staff: shown on the home page of the console. */
  queues?: readonly StaffQueue[];
  /** Ends what it has started. After the background work. */
  close?(): Promise<void>;
}

export type Sweeps = Readonly<Record<string, (now: Date) => Promise<unknown>>>;

export interface StaffQueue {
  /** As the page of the console names it, in `web/src/staff/pages.tsx`. */
  name: string;
  roles: readonly Role[];
  look(): Promise<{ count: number; oldestAt: Date | null }>;
}
