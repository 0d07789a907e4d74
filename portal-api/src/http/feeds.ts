// SPDX-License-Identifier: Apache-2.0
// What readers of feeds get: RSS 2.0 (rssboard.org/rss-specification) and JSON Feed 1.1 (jsonfeed.org).
import type { Response } from 'express';
import type { ErrorCode } from '../errors.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { operation } from './operation.ts';

const LASTS_SECONDS = 300;

export interface Feed {
  title: string;
  description: string;
  /** Where people read the same. */
  page: string;
  items: readonly FeedItem[];
}

export interface FeedItem {
  /** The same in each reading. */
  id: string;
  url: string;
  title: string;
  text: string;
  at: Date;
}

type WriteFeed = (feed: Feed, address: string) => string;

const RSS_TYPE = 'application/rss+xml';
const JSON_FEED_TYPE = 'application/feed+json';

/** The operations of a feed below a path, such as `/registration-notices`; `what` says what it lists. */
export function feedOperations(path: string, what: string, errors: ErrorCode[] = []) {
  const common = { method: 'get', access: 'anyone', limit: 'search', errors } as const;
  return {
    rss: operation({ ...common, path: `${path}/rss`, summary: `${what} as RSS 2.0`, media: RSS_TYPE }),
    jsonFeed: operation({
      ...common,
      path: `${path}/feed`,
      summary: `${what} as JSON Feed 1.1`,
      media: JSON_FEED_TYPE,
    }),
  };
}

export function feedEndpoints(
  { rss, jsonFeed }: ReturnType<typeof feedOperations>,
  { publicUrl, feed }: { publicUrl(): string; feed(): Promise<Feed> },
): Endpoint[] {
  const send = async (res: Response, type: string, write: WriteFeed, path: string) => {
    const text = write(await feed(), `${publicUrl()}/api/v1${path}`);
    res.set('Cache-Control', `public, max-age=${LASTS_SECONDS}`).type(type).send(text);
    return undefined;
  };
  return [
    endpoint(rss, ({ res }) => send(res, RSS_TYPE, rssOf, rss.path)),
    endpoint(jsonFeed, ({ res }) => send(res, JSON_FEED_TYPE, jsonFeedOf, jsonFeed.path)),
  ];
}

const rssOf: WriteFeed = ({ title, description, page, items }) => {
  const written = items.map(
    (item) => `    <item>
      <title>${escaped(item.title)}</title>
      <link>${escaped(item.url)}</link>
      <guid isPermaLink="false">${escaped(item.id)}</guid>
      <pubDate>${item.at.toUTCString()}</pubDate>
      <description>${escaped(item.text)}</description>
    </item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
  <channel>
    <title>${escaped(title)}</title>
    <link>${escaped(page)}</link>
    <description>${escaped(description)}</description>
    <language>zh-CN</language>
${written.join('\n')}
  </channel>
</rss>
`;
};

const jsonFeedOf: WriteFeed = ({ title, page, items }, address) =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: page,
    feed_url: address,
    language: 'zh-CN',
    items: items.map(({ id, url, title: name, text, at }) => ({
      id,
      url,
      title: name,
      content_text: text,
      date_published: at.toISOString(),
    })),
  });

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Without the characters that XML 1.0 has no way to write. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}
