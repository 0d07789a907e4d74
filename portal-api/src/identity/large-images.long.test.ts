// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import sharp from 'sharp';
import { startPortal, type TestPortal } from '../../../test/support/portal.ts';

describe('large ID images', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  it('when many come at once › takes one after the other, and serves everybody meanwhile', async () => {
    const member = await portal.member();
    const background = { r: 90, g: 140, b: 200 };
    // Small as a file; unpacked it takes much memory, and one of the few threads that log-ins need too.
    const picture = await sharp({ create: { width: 7_000, height: 7_000, channels: 3, background } })
      .png({ progressive: true })
      .toBuffer();
    await member.csrfHeader();
    const send = () =>
      member.sendBytes('POST', '/identity/images?side=front', picture, { 'Content-Type': 'image/png' });
    const images = Promise.all(Array.from({ length: 10 }, send));
    const others = await Promise.all(Array.from({ length: 3 }, () => portal.member()));
    for (const other of others) expect((await other.get('/me')).status).to.equal(200);
    expect((await images).map(({ status }) => status)).to.deep.equal(Array(10).fill(201));
  });
});
