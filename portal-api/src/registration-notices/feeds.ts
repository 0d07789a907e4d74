// SPDX-License-Identifier: Apache-2.0
// The notices for readers of feeds: RSS 2.0 (rssboard.org/rss-specification) and JSON Feed 1.1 (jsonfeed.org).
import type { Notice } from './notices.api.ts';

export interface FeedFacts {
  /** Of the site, such as https://example.org. */
  url: string;
  siteName: string;
  notices: readonly Notice[];
}

const TITLE = '作品登记公告';
const DAY_MS = 86_400_000;

export function rssOf({ url, siteName, notices }: FeedFacts): string {
  const items = notices.map(
    (notice) => `    <item>
      <title>${escaped(titleOf(notice))}</title>
      <link>${escaped(linkOf(url, notice))}</link>
      <guid isPermaLink="false">${escaped(notice.registrationNumber)}</guid>
      <pubDate>${startOf(notice).toUTCString()}</pubDate>
      <description>${escaped(textOf(notice))}</description>
    </item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
  <channel>
    <title>${escaped(`${siteName} ${TITLE}`)}</title>
    <link>${escaped(`${url}/notices`)}</link>
    <description>${TITLE}</description>
    <language>zh-CN</language>
${items.join('\n')}
  </channel>
</rss>
`;
}

export function jsonFeedOf({ url, siteName, notices }: FeedFacts): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: `${siteName} ${TITLE}`,
    home_page_url: `${url}/notices`,
    feed_url: `${url}/api/v1/registration-notices/feed`,
    language: 'zh-CN',
    items: notices.map((notice) => ({
      id: notice.registrationNumber,
      url: linkOf(url, notice),
      title: titleOf(notice),
      content_text: textOf(notice),
      date_published: startOf(notice).toISOString(),
    })),
  });
}

const titleOf = ({ registrationNumber, title, isRevoked }: Notice) =>
  `${isRevoked ? '【已撤销】' : ''}${registrationNumber} 《${title}》`;

const textOf = ({ owners, registeredOn }: Notice) => `著作权人：${owners.join('、')}；登记日期：${registeredOn}`;

const linkOf = (url: string, { certificateNumber }: Notice) => `${url}/v/${certificateNumber}`;

/** Midnight in Beijing. */
const startOf = ({ registeredOn }: Notice) => new Date(Date.parse(registeredOn) - DAY_MS / 3);

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
