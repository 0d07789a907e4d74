// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { startPortal } from '../../test/support/portal.ts';
import { describePortal } from './describe.ts';

describe('describePortal', () => {
  it('says without a database what a running portal says', async () => {
    const portal = await startPortal();
    try {
      const { body } = await portal.visitor().get('/openapi.json');
      expect(JSON.parse(JSON.stringify(describePortal()))).to.deep.equal(body);
    } finally {
      await portal.stop();
    }
  });
});
