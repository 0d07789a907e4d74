// SPDX-License-Identifier: Apache-2.0
// The built pages, read once. Only what stood in the folder at start is ever served: a path that leads out of it, or
// to a hidden file, is simply not among them; and a build that runs meanwhile changes nothing.
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export interface SiteFile {
  /** With charset. */
  type: string;
  bytes: Buffer;
  /** The same bytes as the build compressed them. */
  brotli?: Buffer;
  gzip?: Buffer;
  /** Of `bytes`, hex. */
  sha256: string;
  /** Its name holds a digest of its content. */
  isHashed: boolean;
  /** What the page itself says it may do: it works under that policy alone, also from disk. */
  policy?: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.sha256': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.tgz': 'application/gzip',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
};

/** By their paths, such as `/assets/site-1a2b.js`. Names that start with a dot, and types not listed, are left out. */
export function readSiteFiles(folder: string): Map<string, SiteFile> {
  const names = globSync('**/*', { cwd: folder }).map((name) => name.split(path.sep).join('/'));
  const served = names.filter((name) => TYPES[path.extname(name)] && !/(^|\/)\./.test(name));
  const files = served.filter((name) => statSync(path.join(folder, name)).isFile());
  return new Map(files.map((name) => [`/${name}`, readSiteFile(folder, name)]));
}

function readSiteFile(folder: string, name: string): SiteFile {
  const file = path.join(folder, name);
  const bytes = readFileSync(file);
  const policy = name.endsWith('.html') ? policyIn(bytes.toString()) : undefined;
  return {
    ...(policy && { policy }),
    type: TYPES[path.extname(name)] ?? 'application/octet-stream',
    bytes,
    ...(existsSync(`${file}.br`) && { brotli: readFileSync(`${file}.br`) }),
    ...(existsSync(`${file}.gz`) && { gzip: readFileSync(`${file}.gz`) }),
    sha256: digestOf(bytes),
    isHashed: name.startsWith('assets/'),
  };
}

const TITLE = /<title>([^<]*)<\/title>/;

/** The page with another title, which the build has not compressed; the page itself when it has that title. */
export function titled(page: SiteFile, title: string | undefined): SiteFile {
  const html = page.bytes.toString();
  const escaped = title?.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  if (escaped === undefined || TITLE.exec(html)?.[1] === escaped) return page;
  const bytes = Buffer.from(html.replace(TITLE, () => `<title>${escaped}</title>`));
  const { type, isHashed, policy } = page;
  return { type, isHashed, bytes, sha256: digestOf(bytes), ...(policy && { policy }) };
}

const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function policyIn(html: string): string | undefined {
  const meta = /<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html);
  return meta?.[1];
}
