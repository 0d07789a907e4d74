// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { anchorHead, HEAD_TOPIC } from './anchor-head.ts';
import { auditEndpoints } from './audit.routes.ts';
import { checkNightly, lastCheck } from './audit-check.ts';

/** How often we look whether tonight's check is due. */
const LOOK_EVERY_MS = 600_000;

export interface Audit extends Domain {
  /** Whether the last check found the chain broken. */
  isBroken(): Promise<boolean>;
}

export function openAudit(platform: Pick<Platform, 'db' | 'ledger' | 'logger'>): Audit {
  const { db } = platform;
  return {
    endpoints: auditEndpoints(platform),
    topics: { [HEAD_TOPIC]: anchorHead(platform) },
    schedules: { 'check-audit': { everyMs: LOOK_EVERY_MS, work: (now) => checkNightly(platform, now) } },
    isBroken: async () => ((await lastCheck(db.prisma))?.brokenAt ?? null) !== null,
  };
}
