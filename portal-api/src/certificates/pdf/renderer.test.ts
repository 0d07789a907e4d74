// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { eventually } from '../../../../test/support/eventually.ts';
import { printedCertificate as certificate } from '../../../../test/support/printed-certificate.ts';
import { temporaryFolder } from '../../../../test/support/temporary.ts';
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
      renderer = createRenderer({ fontFolder: undefined }, { thread: CRASHING });
      const crash = renderer.render({ ...certificate({ files: 1 }), documentNumber: how }, BUNDLE);
      const error = await crash.catch((failure: unknown) => failure);
      expect(error).to.include({ code: 'internal' });
      const next = await renderer.render({ ...certificate({ files: 1 }), documentNumber: 'fine' }, BUNDLE);
      expect(next.toString()).to.equal('fine');
    });

  it('when a thread cannot start › fails the certificate, ends nothing else, and renders as soon as threads start again', async () => {
    const file = path.join(temporaryFolder(), 'render.mjs');
    const lost: Error[] = [];
    const onThreadLost = (error: Error) => void lost.push(error);
    renderer = createRenderer({ fontFolder: undefined }, { thread: pathToFileURL(file), onThreadLost });
    const render = () => renderer.render(certificate({ files: 1 }), BUNDLE);
    expect(await render().catch((failure: unknown) => failure)).to.include({ code: 'internal' });
    expect(lost[0]?.message).to.include('Cannot find module');
    writeFileSync(file, `export const render = () => Buffer.from('fine');`);
    expect((await render()).toString()).to.equal('fine');
  });

  it('while a thread computes › continues with everything else', async () => {
    renderer = createRenderer({ fontFolder: undefined }, { thread: CRASHING });
    let isOver = false;
    const rendering = renderer.render({ ...certificate({ files: 1 }), documentNumber: 'busy' }, BUNDLE).then(() => {
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
