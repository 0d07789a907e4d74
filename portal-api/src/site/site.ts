// SPDX-License-Identifier: Apache-2.0
// Serves the built web pages. Addresses of pages that exist only in the browser get the page that knows them.
import { soon } from '@inkseal/service-kit';
import type { Request, RequestHandler, Response } from 'express';
import { isOldBrowser, OLD_BROWSER_PAGE } from './old-browser.ts';
import { readSiteFiles, type SiteFile, titled } from './site-files.ts';

const HOME = '/index.html';
const PAGES: readonly [address: RegExp, page: string][] = [
  [/^\/$|^\/(v|pages|works|notices|transparency)(\/[^/]*)?\/?$/, HOME],
  [/^\/(login|member|staff)(\/|$)/, '/member.html'],
];
const YEAR_SECONDS = 31_536_000;
/** Pages are there also while the database is away, or silent. */
const NAME_WITHIN_MS = 500;

/**
 * Undefined when there are no built pages: the portal then serves its interface alone. `nameOf` answers the name of the site,
 * which pages have as their title before any script runs.
 */
export function openSite(folder: string, nameOf: () => Promise<string>): RequestHandler | undefined {
  const files = readSiteFiles(folder);
  const home = files.get(HOME);
  if (!home) return undefined;
  const sendPage = async (page: SiteFile, req: Request, res: Response) =>
    send(titled(page, await soon<string | undefined>(nameOf(), undefined, NAME_WITHIN_MS)), req, res);
  return async (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next();
    const page = PAGES.find(([address]) => address.test(req.path))?.[1];
    if (page) res.vary('User-Agent');
    if (page && isOldBrowser(req.get('User-Agent'))) {
      res.set('Cache-Control', 'no-store').type('html').send(OLD_BROWSER_PAGE);
      return;
    }
    const file = files.get(page ?? req.path);
    if (file) return page ? sendPage(file, req, res) : send(file, req, res);
    // A reader gets a page that says so; a program gets a problem it can read.
    if (req.accepts('json', 'html') !== 'html') return next();
    res.status(404);
    await sendPage(home, req, res);
  };
}

function send(file: SiteFile, req: Request, res: Response): void {
  const { encoding, bytes } = variantOf(file, req);
  // Headers of the site would forbid the one-file verifier its own script; frames only a header can forbid.
  if (file.policy) res.set('Content-Security-Policy', `${file.policy}; frame-ancestors 'none'`);
  if (encoding) res.set('Content-Encoding', encoding);
  res.set({
    'Content-Type': file.type,
    'Cache-Control': file.isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
    ETag: `"${file.sha256.slice(0, 32)}${encoding ? `-${encoding}` : ''}"`,
  });
  res.vary('Accept-Encoding');
  res.send(bytes);
}

function variantOf({ brotli, gzip, bytes }: SiteFile, req: Request): { encoding?: string; bytes: Buffer } {
  if (brotli && req.acceptsEncodings('br')) return { encoding: 'br', bytes: brotli };
  if (gzip && req.acceptsEncodings('gzip')) return { encoding: 'gzip', bytes: gzip };
  return { bytes };
}
