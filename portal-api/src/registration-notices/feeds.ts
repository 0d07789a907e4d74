// SPDX-License-Identifier: Apache-2.0
// The notices for readers of feeds.
import type { Feed } from '../http/feeds.ts';
import type { Notice } from './notices.api.ts';

export interface FeedFacts {
  /** Of the site, such as https://example.org. */
  url: string;
  siteName: string;
  notices: readonly Notice[];
}

const TITLE = '作品登记公告';
const DAY_MS = 86_400_000;

export function feedOf({ url, siteName, notices }: FeedFacts): Feed {
  return {
    title: `${siteName} ${TITLE}`,
    description: TITLE,
    page: `${url}/notices`,
    items: notices.map((notice) => ({
      id: notice.registrationNumber,
      url: `${url}/v/${notice.certificateNumber}`,
      title: titleOf(notice),
      text: textOf(notice),
      at: startOf(notice),
    })),
  };
}

const titleOf = ({ registrationNumber, title, isRevoked }: Notice) =>
  `${isRevoked ? '【已撤销】' : ''}${registrationNumber} 《${title}》`;

const textOf = ({ owners, registeredOn }: Notice) => `著作权人：${owners.join('、')}；登记日期：${registeredOn}`;

/** Midnight in Beijing. */
const startOf = ({ registeredOn }: Notice) => new Date(Date.parse(registeredOn) - DAY_MS / 3);
