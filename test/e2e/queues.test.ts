// SPDX-License-Identifier: Apache-2.0
// The way from the desk to the queues. What is behind it is tested over HTTP, beside its code.
import { expect } from 'chai';
import { logIn } from './member.ts';
import { faultsOf, openPage, stand } from './stand.ts';

describe('the link to the queues', function () {
  this.timeout(90_000);

  for (const roles of [['reviewer'], ['reviewer', 'admin']])
    it(`when ${roles.join(' and ')} opens the desk › is ${roles.includes('admin') ? 'there' : 'not there'}`, async () => {
      const { system } = await stand();
      const page = await openPage('/login', 1440);
      await page.route('**/api/v1/me', async (route) => {
        const answer = await route.fetch();
        const body = answer.ok() ? { ...(await answer.json()), roles } : await answer.json();
        await route.fulfill({ response: answer, json: body });
      });
      await logIn(page, system.reviewerCredentials());
      await page.getByRole('navigation', { name: '菜单' }).getByRole('link', { name: '待办' }).waitFor();
      const links = page.getByRole('link', { name: '任务队列' });
      const hrefs = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href')));
      expect(hrefs).to.deep.equal(roles.includes('admin') ? ['/staff/queues'] : []);
      expect(faultsOf(page)).to.deep.equal([]);
      await page.context().close();
    });
});
