// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import sharp from 'sharp';
import { openPicture } from './open-picture.ts';

describe('openPicture', function () {
  this.timeout(60_000);

  /** 62 megapixels, a little more than is unpacked as a whole. */
  const large = () => sharp({ create: { width: 8_300, height: 7_500, channels: 3, background: '#5a8cc8' } });
  const small = async (bytes: Buffer) =>
    (await openPicture(bytes)).resize(100, 100, { fit: 'inside' }).toBuffer({ resolveWithObject: true });

  it('when a large picture is read row by row › opens it', async () => {
    for (const bytes of [await large().jpeg().toBuffer(), await large().png().toBuffer()])
      expect((await small(bytes)).info.width).to.equal(100);
  });

  it('when a large picture can only be unpacked as a whole › refuses it', async () => {
    for (const bytes of [
      await large().jpeg({ progressive: true }).toBuffer(),
      await large().png({ progressive: true }).toBuffer(),
      await large().gif({ effort: 1 }).toBuffer(),
    ]) {
      const failure = await small(bytes).catch((error: Error) => error.message);
      expect(failure).to.match(/exceeds pixel limit/i);
    }
  });

  it('when a picture says how it was held › turns it upright', async () => {
    const lying = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#5a8cc8' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { info } = await (await openPicture(lying)).toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).to.deep.equal([20, 40]);
  });
});
