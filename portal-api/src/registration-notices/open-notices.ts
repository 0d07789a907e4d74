// SPDX-License-Identifier: Apache-2.0
import type { Response } from 'express';
import type { Domain } from '../domain.ts';
import { endpoint } from '../http/endpoint.ts';
import { type ApplicantSources, applicantsOf } from '../parties/index.ts';
import type { Platform } from '../platform.ts';
import { type FeedFacts, jsonFeedOf, rssOf } from './feeds.ts';
import { registrationNoticeApi } from './notices.api.ts';
import { listNotices } from './notices.ts';

/** Of a feed; whoever follows it asks again. */
const FEED_LENGTH = 50;
const FEED_LASTS_SECONDS = 300;

export function openRegistrationNotices(
  { db, publicUrl }: Pick<Platform, 'db' | 'publicUrl'>,
  needs: ApplicantSources & { siteName(): Promise<string> },
): Domain {
  const { fullNameOf } = applicantsOf(needs);
  const sendFeed = async (res: Response, type: string, write: (facts: FeedFacts) => string) => {
    const { items: notices } = await listNotices({ db, fullNameOf }, { limit: FEED_LENGTH });
    const text = write({ url: publicUrl(), siteName: await needs.siteName(), notices });
    res.set('Cache-Control', `public, max-age=${FEED_LASTS_SECONDS}`).type(type).send(text);
    return undefined;
  };
  return {
    openEndpoints: [
      endpoint(registrationNoticeApi.list, ({ query }) => listNotices({ db, fullNameOf }, query)),
      endpoint(registrationNoticeApi.rss, ({ res }) => sendFeed(res, 'application/rss+xml', rssOf)),
      endpoint(registrationNoticeApi.jsonFeed, ({ res }) => sendFeed(res, 'application/feed+json', jsonFeedOf)),
    ],
  };
}
