// SPDX-License-Identifier: Apache-2.0
// What a domain brings to the portal when it is opened. compose.ts puts the parts of all domains together.
import type { Router } from 'express';
import type { Endpoint } from './http/endpoint.ts';
import type { Role } from './http/members.ts';
import type { Topics } from './queue/outbox-worker.ts';
import type { Schedules } from './queue/schedules.ts';
import type { StoredKind } from './storage/stored-kind.ts';

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
  /** What the scrub reads. */
  stored?: readonly StoredKind[];
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

/** What all of them bring. */
export function partsOf(domains: readonly Domain[]) {
  return {
    endpoints: domains.flatMap(({ endpoints = [] }) => endpoints),
    openEndpoints: domains.flatMap(({ openEndpoints = [] }) => openEndpoints),
    pages: domains.flatMap(({ pages = [] }) => pages),
    topics: merged(domains.map(({ topics }) => topics)),
    heavyTopics: domains.flatMap(({ heavyTopics = [] }) => heavyTopics),
    sweeps: merged(domains.map(({ sweeps }) => sweeps)),
    schedules: merged(domains.map(({ schedules }) => schedules)),
    stored: domains.flatMap(({ stored = [] }) => stored),
    close: async () => void (await Promise.all(domains.map((domain) => domain.close?.()))),
  };
}

function merged<Value>(records: readonly (Readonly<Record<string, Value>> | undefined)[]): Record<string, Value> {
  return Object.assign({}, ...records);
}
