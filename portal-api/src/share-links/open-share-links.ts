// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { shareLinkEndpoints } from './share-links.routes.ts';
import { createShareLinks, type ShareLinkParts, type ShareLinks } from './share-links.ts';

export type OpenShareLinks = Domain & Pick<ShareLinks, 'open'>;

export function openShareLinks(
  { db, publicUrl }: Pick<Platform, 'db' | 'publicUrl'>,
  needs: Pick<ShareLinkParts, 'orders' | 'certificateOf'>,
): OpenShareLinks {
  const links = createShareLinks({ ...needs, db, publicUrl });
  return { endpoints: shareLinkEndpoints(links), open: links.open };
}
