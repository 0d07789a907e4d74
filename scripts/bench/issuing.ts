// SPDX-License-Identifier: Apache-2.0
// How many certificates the portal issues in a second, from approval to the last signed PDF in its package: entry and proof of the
// ledger, page, signature and package of each. Beside the pages alone, one after another in one thread.
import { renderCertificate } from '../../portal-api/src/certificates/pdf/render-certificate.ts';
import { openFonts } from '../../portal-api/src/fonts/index.ts';
import { printedCertificate } from '../../test/support/printed-certificate.ts';
import { type Figure, round, timed } from './figure.ts';
import { measureIssuing } from './issued-certificates.ts';

const PAGES = 20;
const BUNDLE_BYTES = 13_000;

export async function measureCertificates({ count = 100 } = {}): Promise<Figure[]> {
  const { perSecond, seconds } = await measureIssuing(count);
  return [
    {
      name: `${count} certificates issued`,
      unit: 'certificates/s',
      ours: round(perSecond),
      peer: { name: 'their pages alone, in one thread', value: round(await pagesPerSecond()) },
      comparison: 'faster',
      target: { on: 'ours', atLeast: 10 },
      details: { seconds: round(seconds) },
    },
  ];
}

async function pagesPerSecond(): Promise<number> {
  const fonts = openFonts();
  const bundle = Buffer.alloc(BUNDLE_BYTES, '{');
  const draw = () => renderCertificate(printedCertificate({ files: 1 }), bundle, fonts);
  await draw();
  const ms = await timed(async () => {
    for (let page = 0; page < PAGES; page += 1) await draw();
  });
  return (PAGES / ms) * 1_000;
}
