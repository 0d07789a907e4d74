// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { pageApi, staffPageApi } from './pages.api.ts';
import { listPages, readForStaff, readPage, savePage } from './pages.store.ts';
import type { PageSlug } from './pages.ts';

export function pageEndpoints(db: Database): Endpoint[] {
  return [
    endpoint(pageApi.list, async () => {
      const pages = await listPages(db);
      // Who saved them is for staff alone.
      return { items: pages.map(({ savedBy: _, ...page }) => page) };
    }),
    endpoint(pageApi.read, ({ params }) => readPage(db, known(params.slug))),
    endpoint(pageApi.version, ({ params }) => readPage(db, known(params.slug), params.version)),
  ];
}

export function staffPageEndpoints(db: Database): Endpoint[] {
  return [
    endpoint(staffPageApi.list, async () => ({ items: await listPages(db) })),
    endpoint(staffPageApi.read, ({ params }) => readForStaff(db, known(params.slug))),
    endpoint(staffPageApi.version, ({ params }) => readForStaff(db, known(params.slug), params.version)),
    endpoint(staffPageApi.save, async ({ params, body, req }) => {
      const slug = known(params.slug);
      await savePage(db, { slug, staffId: memberOf(req).id }, body);
      return readForStaff(db, slug);
    }),
  ];
}

function known(slug: PageSlug | ''): PageSlug {
  if (slug === '') throw new DomainError('page-not-found');
  return slug;
}
