// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { MODERATORS } from './moderation.api.ts';
import { moderationEndpoints } from './moderation.routes.ts';
import { waitingForModeration } from './moderation.store.ts';
import { publicationEndpoints, publicWorkEndpoints } from './publications.routes.ts';
import type { PublishParts } from './publish-work.ts';
import { storedPublicationImages, storedPublicationReports } from './stored-publications.ts';

export interface Publication extends Domain {
  stored: readonly StoredKind[];
}

export function openPublication(
  { db, vault }: Pick<Platform, 'db' | 'vault'>,
  needs: Omit<PublishParts, 'db' | 'vault'>,
): Publication {
  const parts = { db, vault };
  return {
    openEndpoints: publicWorkEndpoints(parts),
    endpoints: [...publicationEndpoints({ ...parts, ...needs }), ...moderationEndpoints(parts)],
    queues: [{ name: 'publications', roles: MODERATORS, look: () => waitingForModeration(db) }],
    stored: [storedPublicationImages(db, vault), storedPublicationReports(db, vault)],
  };
}
