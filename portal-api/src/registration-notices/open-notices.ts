// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import { endpoint } from '../http/endpoint.ts';
import { feedEndpoints } from '../http/feeds.ts';
import { type ApplicantSources, applicantsOf } from '../parties/index.ts';
import type { Platform } from '../platform.ts';
import { feedOf } from './feeds.ts';
import { registrationNoticeApi } from './notices.api.ts';
import { listNotices } from './notices.ts';

/** Of a feed; whoever follows it asks again. */
const FEED_LENGTH = 50;

export function openRegistrationNotices(
  { db, publicUrl }: Pick<Platform, 'db' | 'publicUrl'>,
  needs: ApplicantSources & { siteName(): Promise<string> },
): Domain {
  const { fullNameOf } = applicantsOf(needs);
  const feed = async () => {
    const { items: notices } = await listNotices({ db, fullNameOf }, { limit: FEED_LENGTH });
    return feedOf({ url: publicUrl(), siteName: await needs.siteName(), notices });
  };
  return {
    openEndpoints: [
      endpoint(registrationNoticeApi.list, ({ query }) => listNotices({ db, fullNameOf }, query)),
      ...feedEndpoints(registrationNoticeApi, { publicUrl, feed }),
    ],
  };
}
