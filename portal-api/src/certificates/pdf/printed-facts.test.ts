// SPDX-License-Identifier: Apache-2.0
// What the certificate says of its record: each fact differs from all others, so one in the place of another is seen.
import { expect } from 'chai';
import { create } from 'qrcode';
import { contentsOf, wholeText } from '../../../../test/support/pdf-text.ts';
import { printedCertificate } from '../../../../test/support/printed-certificate.ts';
import { openFonts } from '../../fonts/index.ts';
import { QR_SIZE } from './paper.ts';
import { renderCertificate } from './render-certificate.ts';

const digestOf = (digit: string) => digit.repeat(64);

describe('the facts on a certificate', function () {
  this.timeout(30_000);
  const printed = printedCertificate({ files: 1 });
  const { facts, lookupUrl, typedCode } = printed;
  const { record } = facts;
  const anchor = { ...record.anchor, transaction: digestOf('a'), blockHash: digestOf('b'), root: digestOf('c') };
  const distinct = {
    ...facts,
    leaf: digestOf('d'),
    record: { ...record, receivedAt: '2026-11-22T15:59:59.000Z', manifestSha256: digestOf('e'), anchor },
  };
  let pdf: Buffer;
  before(async () => {
    pdf = await renderCertificate(
      { ...printed, facts: distinct },
      Buffer.from('{}'),
      openFonts({ machineFolders: [] }),
    );
  });

  it('stand under their own names, with times in Beijing', () => {
    const text = wholeText(pdf);
    for (const line of [
      `存证日期Date2026年11月22日`,
      `存证时间Timereceived23:59:59`,
      `平台存证哈希Manifestdigest${digestOf('e')}`,
      `区块链存证哈希Transaction${digestOf('a')}`,
      `区块链存证日期Blocktime2026-11-2213:00:04`,
      `区块哈希Blockhash${digestOf('b')}`,
      `存证地址Registrycontract${record.registry.contract}`,
      `批次汇总值Merkleroot${digestOf('c')}`,
      `叶哈希Leafhash${digestOf('d')}`,
      `批次与序号Batchandindex第7批，共300条，本证书为第13条（索引12）`,
      `可证时间区间Proveninterval2026-11-2212:59:58至2026-11-2213:00:04（北京时间）宽6秒`,
      typedCode,
    ])
      expect(text, line).to.include(line);
  });

  it('are looked up by the code that is drawn: every dark square of it, and no other', () => {
    const { modules } = create(lookupUrl, { errorCorrectionLevel: 'M' });
    const side = QR_SIZE / modules.size;
    const number = '(-?[\\d.]+)';
    const drawn = contentsOf(pdf).flatMap((content) =>
      [...content.matchAll(/(?:(?:-?[\d.]+ ){4}re\n){20,}(?:.* (?:cs|scn)\n)*f\n/g)].map(([squares]) => squares),
    );
    expect(drawn).to.have.length(1);
    const runs = [...String(drawn[0]).matchAll(new RegExp(`${number} ${number} ${number} ${number} re`, 'g'))].map(
      (run) => run.slice(1).map(Number),
    );
    const [left, top] = [0, 1].map((axis) => Math.min(...runs.map((run) => run[axis] ?? 0))) as [number, number];
    const dark = runs.flatMap(([x = 0, y = 0, width = 0]) =>
      Array.from({ length: Math.round(width / side) }, (_, place) => [
        Math.round((y - top) / side),
        Math.round((x - left) / side) + place,
      ]),
    );
    const wanted = Array.from({ length: modules.size ** 2 }, (_, place) => [
      Math.floor(place / modules.size),
      place % modules.size,
    ]).filter(([row = 0, column = 0]) => modules.get(row, column));
    expect(dark).to.deep.equal(wanted);
  });
});
