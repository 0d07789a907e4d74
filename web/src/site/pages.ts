// SPDX-License-Identifier: Apache-2.0
// The pages of the public site beside home and look-up, by the last part of their address (/pages/<slug>).
export const NAV_PAGES = [
  'registration',
  'licensing',
  'shandong-crafts',
  'design-contest',
  'about',
  'digital-centre',
] as const;
export const SERVICE_PAGES = ['licensing', 'management', 'maintenance'] as const;
/** Staff write these: the portal has their texts. */
export const EDITED_PAGES = [...NAV_PAGES, 'management', 'maintenance', 'contact', 'terms', 'privacy'] as const;
export const SLUGS = [...EDITED_PAGES, 'cart', 'reading-results'] as const;
export type Slug = (typeof SLUGS)[number];
export type EditedSlug = (typeof EDITED_PAGES)[number];

export const isEdited = (slug: Slug): slug is EditedSlug => EDITED_PAGES.some((each) => each === slug);

export type Route =
  | { readonly kind: 'home' | 'lookup' | 'works' | 'notices' | 'transparency' | 'missing' }
  | { readonly kind: 'page'; readonly slug: Slug }
  | { readonly kind: 'work'; readonly id: string };

export function routeOf(pathname: string): Route {
  if (pathname === '/' || pathname === '/index.html') return { kind: 'home' };
  if (/^\/v(\/[^/]*)?\/?$/.test(pathname)) return { kind: 'lookup' };
  if (/^\/works\/?$/.test(pathname)) return { kind: 'works' };
  if (/^\/notices\/?$/.test(pathname)) return { kind: 'notices' };
  if (/^\/transparency\/?$/.test(pathname)) return { kind: 'transparency' };
  const id = /^\/works\/([\da-f-]{36})\/?$/i.exec(pathname)?.[1];
  if (id) return { kind: 'work', id };
  const slug = SLUGS.find((each) => pathname.replace(/\/$/, '') === `/pages/${each}`);
  return slug ? { kind: 'page', slug } : { kind: 'missing' };
}
