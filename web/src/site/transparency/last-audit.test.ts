// SPDX-License-Identifier: Apache-2.0
// What 存证公示 says of an audit that was published, and of none.
import { expect } from 'chai';
import { createElement } from 'react';
import { auditOf } from '../../../../verifier/vectors/support/audits.ts';
import { makeRegistryChain } from '../../../../verifier/vectors/support/registry-chain.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { LastAudit as Shown } from './last-audit.tsx';
import type { PublishedAudit, shareOf as ShareOf } from './parts.tsx';

const SHA256 = 'ab'.repeat(32);

describe('LastAudit', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let LastAudit: typeof Shown;
  let shareOf: typeof ShareOf;
  before(async () => {
    pages = await openWebPages();
    ({ LastAudit } = await pages.load<{ LastAudit: typeof Shown }>('site/transparency/last-audit.tsx'));
    ({ shareOf } = await pages.load<{ shareOf: typeof ShareOf }>('site/transparency/parts.tsx'));
  });
  after(() => pages.stop());

  async function audited(isOld: boolean, name?: string): Promise<PublishedAudit> {
    const items = name === undefined ? {} : { [name]: new Uint8Array(1) };
    const {
      mediaType: _,
      exitCode: __,
      listed: ___,
      ...summary
    } = await auditOf(makeRegistryChain({ counts: [3] }), items);
    return { ...summary, sha256: SHA256, publishedAt: '2026-11-30T00:00:00Z', isOld };
  }
  const textOf = (audit: PublishedAudit | null, language: 'zh' | 'en' = 'zh') =>
    pages.textOf(createElement(LastAudit, { audit }), language);

  it('when none was published › says so, in both languages', () => {
    expect(textOf(null)).to.include('还没有公布过审计报告');
    expect(textOf(null, 'en')).to.include('No audit report has been published yet');
  });

  it('when nothing was found › says that of what was audited in full, and gives the file', async () => {
    const audit = await audited(false);
    const text = textOf(audit);
    expect(text).to.include('未发现问题').and.include('范围 全部').and.include('a test 0.1.0').and.not.include('30 天');
    expect(pages.htmlOf(createElement(LastAudit, { audit }))).to.include(`/transparency/audit-reports/${SHA256}"`);
  });

  it('when it found faults and is old › says both, by code and number, without the names of files', async () => {
    const audit = await audited(true, '鹤影.proof.json');
    expect(textOf(audit)).to.include('超过 30 天').and.include('无法读取 (item-unreadable) 1').and.not.include('鹤影');
    expect(textOf(audit, 'en')).to.include('more than 30 days ago').and.include('(item-unreadable) 1');
  });

  it('when a sample was drawn › says which share of the numbers it comes to', () => {
    const share = (size: number, nextNumber: string) => shareOf(size, { firstNumber: '101', nextNumber });
    expect([share(5, '101'), share(5, '111'), share(1, '401'), share(20, '111')]).to.deep.equal([
      undefined,
      '50%',
      '0.333%',
      '100%',
    ]);
    expect(share(1, '20101')).to.equal('<0.01%');
  });
});
