// SPDX-License-Identifier: Apache-2.0
// Every page while the portal is slow, fails, or cannot be reached: the page says so, and offers to try again.
import { expect } from 'chai';
import { furnished } from './pages/furnished.ts';
import { isAt, routesOfProduct } from './pages/routes.ts';
import { failing, faultsInTrouble, offersRetry, showsWaiting, silent, unreachable } from './pages/trouble.ts';
import type { Entry, Stage } from './pages/visit.ts';

const PAGES_AT_ONCE = 3;

describe('every page in trouble', function () {
  this.timeout(600_000);
  let stage: Stage;
  let entries: Entry[];
  before(async () => {
    const { pages: all, ...rest } = await furnished();
    stage = rest;
    // One of each route, as it is before anybody does anything on it.
    entries = routesOfProduct().flatMap((route) => all.find(({ address, act }) => !act && isAt(address, route)) ?? []);
  });

  for (const [trouble, answer, outcome, expected] of [
    ['the portal fails', failing, 'says so, and offers to try again', offersRetry],
    ['the network is down', unreachable, 'says so, and offers to try again', offersRetry],
    ['an answer is long in coming', silent, 'shows that it waits', showsWaiting],
  ] as const)
    it(`when ${trouble} › ${outcome}`, async () => {
      const left = [...entries];
      const faults: string[] = [];
      const visitAll = async () => {
        for (let next = left.shift(); next; next = left.shift())
          faults.push(...(await faultsInTrouble(stage, next, answer, expected)));
      };
      await Promise.all(Array.from({ length: PAGES_AT_ONCE }, visitAll));
      expect(faults).to.deep.equal([]);
    });
});
