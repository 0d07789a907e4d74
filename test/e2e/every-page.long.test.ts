// SPDX-License-Identifier: Apache-2.0
// Every page of the product in each of its states, wide and narrow, in both languages. SHOTS=<folder> keeps a picture of each.
import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import { furnished } from './pages/furnished.ts';
import { isAt, routesOfProduct } from './pages/routes.ts';
import { LOOKS, openVisitor } from './pages/visit.ts';

/** More at once only wait for each other on a small machine. */
const VISITORS = 3;

describe('every page', function () {
  this.timeout(1_500_000);
  const folder = process.env.SHOTS;
  before(() => {
    if (folder) mkdirSync(folder, { recursive: true });
  });

  it('of every route › is looked at', async () => {
    const { pages } = await furnished();
    const routes = routesOfProduct();
    const forgotten = routes.filter((route) => !pages.some(({ address }) => isAt(address, route)));
    expect(forgotten).to.deep.equal([]);
  });

  it('at each width in each language › has one heading, words of one language, no sideways scroll, and nothing that axe calls serious', async () => {
    const { pages, ...stage } = await furnished();
    const left = [...pages];
    const faults: string[] = [];
    const visitAll = async () => {
      const visitor = openVisitor({ ...stage, folder }, LOOKS);
      for (let next = left.shift(); next; next = left.shift()) {
        const found = await visitor.visit(next);
        // The whole walk takes minutes: whoever watches sees what is wrong at once.
        for (const fault of found) console.log(fault);
        faults.push(...found);
      }
      await visitor.close();
    };
    await Promise.all(Array.from({ length: VISITORS }, visitAll));
    expect(faults).to.deep.equal([]);
  });
});
