// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { agreementEndpoints } from './agreements.routes.ts';
import { pageEndpoints, staffPageEndpoints } from './pages.routes.ts';
import { storeShippedPages } from './shipped-pages.ts';

export async function openPages({ db }: Pick<Platform, 'db'>): Promise<Domain> {
  await storeShippedPages(db);
  return { openEndpoints: pageEndpoints(db), endpoints: [...staffPageEndpoints(db), ...agreementEndpoints(db)] };
}
