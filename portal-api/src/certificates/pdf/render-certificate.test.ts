// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { expect } from 'chai';
import { type PrintedCertificate, renderCertificate } from './render-certificate.ts';

const hex = (length: number) => '0123456789abcdef'.repeat(length / 16);
const BUNDLE = Buffer.from('{"mediaType":"application/vnd.inkseal.proof+json;v=1"}');

describe('the certificate’s PDF', function () {
  this.timeout(30_000);

  it('has the same bytes whenever it is rendered', async () => {
    const printed = certificate({ files: 2 });
    const [first, second] = [await renderCertificate(printed, BUNDLE), await renderCertificate(printed, BUNDLE)];
    expect(first.equals(second)).to.equal(true);
  });

  it('has one page for four files and short names, further pages for more and for longer ones', async () => {
    expect(await pagesOf(certificate({ files: 4 }))).to.equal(1);
    expect(await pagesOf(certificate({ files: 5 }))).to.equal(2);
    expect(await pagesOf(certificate({ files: 10, name: `${'很长的文件名'.repeat(32)}.png` }))).to.equal(3);
  });

  it('carries the proof, and the time of issue as its only time', async () => {
    const pdf = (await renderCertificate(certificate({ files: 1 }), BUNDLE)).toString('latin1');
    expect(pdf).to.include('/EmbeddedFile');
    const times = new Set(pdf.match(/D:\d{14}/g));
    expect([...times]).to.deep.equal(['D:20261122050009']);
  });

  it('has the seal only where validators’ signatures back the chain', async () => {
    // The red of the seal, as a PDF writes it; contents are compressed, so both are rendered without.
    const sealed = await renderCertificate(certificate({ files: 1 }), BUNDLE);
    const withheld = await renderCertificate({ ...certificate({ files: 1 }), isDevelopment: true }, BUNDLE);
    const hasRed = (pdf: Buffer) =>
      contentsOf(pdf).some((content) => content.includes('0.7019607843137254 0.15294117647058825'));
    expect([hasRed(sealed), hasRed(withheld)]).to.deep.equal([true, false]);
  });

  it('uses the seal and logo of the web pages', () => {
    for (const name of ['seal', 'logo']) {
      const ours = readFileSync(new URL(`outlines/${name}.svg`, import.meta.url), 'utf8');
      const theirs = readFileSync(new URL(`../../../../web/src/ui/${name}.svg`, import.meta.url), 'utf8');
      expect(ours === theirs, name).to.equal(true);
    }
  });
});

async function pagesOf(printed: PrintedCertificate): Promise<number> {
  const pdf = (await renderCertificate(printed, BUNDLE)).toString('latin1');
  return pdf.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
}

/** What the pages draw. */
function contentsOf(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/stream\n([\s\S]*?)\nendstream/g)].flatMap(([, packed = '']) => {
    try {
      return [inflateSync(Buffer.from(packed, 'latin1')).toString('latin1')];
    } catch {
      return [];
    }
  });
}

function certificate({ files, name = '鹤影_主视觉.png' }: { files: number; name?: string }): PrintedCertificate {
  const party = { name: '沈**', idNumber: '370***********2417' };
  return {
    facts: {
      number: '100000000000018264',
      work: {
        orderNumber: '1795000000123456789',
        title: '《鹤影》主视觉',
        creationNature: 'ORIGINAL',
        workType: 'FINE_ART',
        completedOn: '2026-10-18',
      },
      files: Array.from({ length: files }, () => ({ name, size: '4812306', sha256: hex(64) })),
      parties: [
        { role: 'depositor', ...party },
        { role: 'author', ...party },
      ],
      submission: { number: '100000000000018001', receivedAt: '2026-11-21T03:00:00.123Z' },
      record: {
        kind: 'attestation',
        receivedAt: '2026-11-22T05:00:00.000Z',
        manifestSha256: hex(64),
        registry: { chainId: '7788', contract: `0x${hex(48).slice(8)}` },
        anchor: {
          transaction: `0x${hex(64)}`,
          block: '1240',
          blockHash: `0x${hex(64)}`,
          time: '2026-11-22T05:00:04.000Z',
          root: hex(64),
          batch: '7',
          index: 12,
          count: 300,
        },
      },
      leaf: hex(64),
      notBefore: '2026-11-22T04:59:58.000Z',
    },
    receiptNumber: 'C3202611220000000182',
    issuedAt: '2026-11-22T05:00:09.000Z',
    lookupUrl: 'https://inkseal.example/v/100000000000018264#AbCdEfGhIjKlMnOpQrStUv',
    typedCode: '7Q4M2XKD9P',
    siteName: 'inkseal.example',
    isDevelopment: false,
  };
}
