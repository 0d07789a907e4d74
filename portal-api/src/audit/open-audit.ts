// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { auditEndpoints } from './audit.routes.ts';

export function openAudit({ db }: Pick<Platform, 'db'>): Domain {
  return { endpoints: auditEndpoints(db) };
}
