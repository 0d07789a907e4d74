// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { eventually } from '../../../../test/support/eventually.ts';
import { printedCertificate as certificate } from '../../../../test/support/printed-certificate.ts';
import { openFonts } from '../../fonts/index.ts';
import { renderCertificate } from './render-certificate.ts';
import { createRenderer, type Renderer } from './renderer.ts';

const BUNDLE = Buffer.from('{}');
const CRASHING = new URL('../../../../test/support/crashing-render.ts', import.meta.url);

describe('renderer of certificates', function () {
  this.timeout(60_000);
  let renderer: Renderer;
  afterEach(() => renderer.close());

  it('when it renders in a thread › gives the same bytes as without', async () => {
    renderer = createRenderer({ fontFolder: undefined });
    const printed = certificate({ files: 2 });
    const expected = await renderCertificate(printed, BUNDLE, openFonts());
    expect((await renderer.render(printed, BUNDLE)).equals(expected)).to.equal(true);
  });

  for (const how of ['exit', 'throw', 'memory'])
    it(`when a thread ends by ${how} › fails that certificate alone, and renders the next`, async () => {
      renderer = createRenderer({ fontFolder: undefined }, CRASHING);
      const crash = renderer.render({ ...certificate({ files: 1 }), receiptNumber: how }, BUNDLE);
      const error = await crash.catch((failure: unknown) => failure);
      expect(error).to.include({ code: 'internal' });
      const next = await renderer.render({ ...certificate({ files: 1 }), receiptNumber: 'fine' }, BUNDLE);
      expect(next.toString()).to.equal('fine');
    });

  it('while a thread computes › goes on with everything else', async () => {
    renderer = createRenderer({ fontFolder: undefined }, CRASHING);
    let isOver = false;
    const rendering = renderer.render({ ...certificate({ files: 1 }), receiptNumber: 'busy' }, BUNDLE).then(() => {
      isOver = true;
    });
    let turns = 0;
    await eventually(() => {
      turns += 1;
      return isOver;
    });
    await rendering;
    // Without a thread it would be one or two.
    expect(turns).to.be.above(10);
  });
});
