import { expect } from 'chai';
import { auditOf } from '../../vectors/support/audits.ts';
import { makeRegistryChain } from '../../vectors/support/registry-chain.ts';
import { utf8 } from '../index.ts';
import { type AuditReport, auditPage } from './index.ts';

const HOSTILE = '</td><script>alert(1)</script>"\'&\u202e\u0000.proof.json';

describe('auditPage', () => {
  let report: AuditReport;
  before(async () => {
    report = await auditOf(makeRegistryChain({ counts: [1] }), { [HOSTILE]: utf8('no proof') });
  });

  it('when a name is hostile › shows it and lets nothing of it act', () => {
    const page = auditPage(report);
    expect(page).to.include('&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;\ufffd\ufffd.proof.json');
    expect(page).to.not.match(/<script|\p{Cf}/u);
    expect(page).to.include("default-src 'none'");
  });

  it('says everything in Chinese first, then in English, and loads nothing', () => {
    const page = auditPage(report);
    expect(page.indexOf('发现问题')).to.be.lessThan(page.indexOf('Faults found'));
    expect(page).to.match(/无法读取 \(<code>item-unreadable<\/code>, 1\)/);
    expect(page).to.match(/The file cannot be read \(<code>item-unreadable<\/code>, 1\)/);
    expect(page).to.not.match(/(?:src|href)=/);
  });

  it('when more is found than is listed › says how much', () => {
    const page = auditPage({ ...report, counts: { 'item-unreadable': 5_001 } });
    expect(page).to.include('另有 5000 项未逐一列出').and.include('5000 more are counted and not listed');
  });
});
