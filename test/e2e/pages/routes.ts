// SPDX-License-Identifier: Apache-2.0
// The addresses that the pages answer to, out of their own lists: a page that joins a list belongs here at once. The lists are
// read as text, because pages run in a browser only.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const PAGES = path.resolve(import.meta.dirname, '../../../web/src');

/** Of each kind of page of the public site; the missing page is at any other address. */
const SITE: Readonly<Record<string, readonly string[]>> = {
  home: ['/'],
  lookup: ['/v', '/v/:number'],
  page: slugs().map((slug) => `/pages/${slug}`),
  missing: [],
  works: ['/works'],
  notices: ['/notices'],
  transparency: ['/transparency'],
  work: ['/works/:id'],
};

/** As React Router writes them. */
export function routesOfProduct(): string[] {
  const kinds = matches('site/pages.ts', /kind: ([^;}]+)/g).flatMap((kind) => kind.match(/(?<=')[\w-]+(?=')/g) ?? []);
  const site = [...new Set(kinds)].flatMap((kind) => SITE[kind] ?? [`an address for the kind ${kind}`]);
  const member = matches('member/pages.tsx', /path: '([^']+)'/g).map((route) => `/member/${route}`);
  const staff = ['staff/pages.tsx', 'staff/money-pages.tsx']
    .flatMap((file) => matches(file, /path: '([^']+)'/g))
    .map((route) => `/staff/${route}`);
  if (site.length === 0 || member.length === 0 || staff.length === 0) throw new Error('a list of pages was not found');
  return ['/login', '/staff', ...site, ...member, ...staff];
}

/** Of the pages of words: the texts in the lists before their type. */
export function slugs(): string[] {
  const [lists = ''] = textOf('site/pages.ts').split('export type Slug');
  return [...new Set([...lists.matchAll(/'([\w-]+)'/g)].flatMap(([, slug]) => slug ?? []))];
}

export function isAt(address: string, route: string): boolean {
  const pattern = route.replaceAll(/:\w+/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(address.replace(/[?#].*/, ''));
}

function matches(file: string, pattern: RegExp): string[] {
  return [...textOf(file).matchAll(pattern)].flatMap(([, found]) => found ?? []);
}

function textOf(file: string): string {
  return readFileSync(path.join(PAGES, file), 'utf8');
}
