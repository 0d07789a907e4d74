// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { REVIEW_DAYS } from '../registration-reviews/index.ts';
import { beginOfMonth, endOfMonth } from './months.ts';
import { reportApi } from './reports.api.ts';
import { findFigures } from './reports.sql.ts';
import { waitingNow } from './reports.store.ts';
import { reportOf } from './reports.ts';
import { LEAST_OWNERS } from './small-groups.ts';

export function reportEndpoints({ db, homeProvince }: { db: Database; homeProvince: string }): Endpoint[] {
  return [
    endpoint(reportApi.read, async ({ query: period }) => {
      const figures = await findFigures(db.prisma, {
        begin: beginOfMonth(period.from),
        end: endOfMonth(period.to),
        homeProvince,
        noticeDays: REVIEW_DAYS.INITIAL,
        finishDays: REVIEW_DAYS.FINAL,
        leastOwners: LEAST_OWNERS,
      });
      return { ...reportOf(figures, period), now: await waitingNow(db.prisma) };
    }),
  ];
}
