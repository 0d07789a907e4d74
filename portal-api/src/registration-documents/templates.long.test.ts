// SPDX-License-Identifier: Apache-2.0
// The templates as LibreOffice sets them: every page is there, with the names and the lines to sign.
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import type { TemplateFacts, TemplatePerson } from './template-facts.ts';
import { TEMPLATES, type TemplateKind, templateFileName } from './template-names.ts';
import { makeTemplate } from './templates.ts';

const run = promisify(execFile);
const isThere = (program: string, option: string) => spawnSync(program, [option], { stdio: 'ignore' }).status === 0;
const isReadable = isThere('soffice', '--version') && isThere('pdftotext', '-v');

const LI: TemplatePerson = { name: '李沧海', documentType: 'RESIDENT_ID', idNumber: '370102199003072417' };
const HEHUA: TemplatePerson = { name: '济南鹤华文化创意有限公司', documentType: 'BUSINESS_LICENCE' };
const SHORT: TemplateFacts = {
  title: '鹤华秋色图',
  workType: 'FINE_ART',
  completedOn: '2026-03-07',
  acquisition: 'ORIGINAL',
  ownership: 'PERSONAL',
  owners: [HEHUA],
  authors: [LI],
  applicants: [HEHUA],
  agent: LI,
  siteName: '测试版权中心',
};
const TEN = Array.from({ length: 10 }, (_, index) => ({
  name: `热依汗古丽·阿卜杜热合曼${'长'.repeat(30)}<&>${index}`,
  address: '济南市历下区解放东路'.repeat(8),
}));
const LONG: TemplateFacts = { ...SHORT, title: '秋'.repeat(100), owners: TEN, authors: TEN, applicants: [HEHUA] };

/** Of one owner and one author: what has to be signed should be short. */
const PAGES: Record<TemplateKind, number> = {
  GUARANTEE: 1,
  NON_SERVICE_PLEDGE: 1,
  NON_SERVICE_PROOF: 2,
  COOPERATION_AGREEMENT: 2,
  LEGAL_ENTITY_STATEMENT: 1,
  SERVICE_AGREEMENT: 2,
  COMMISSION_CONTRACT: 2,
  POWER_OF_ATTORNEY: 1,
  WORK_DESCRIPTION: 2,
};
/** With ten people whose names and addresses are long. */
const MOST_PAGES = 9;

describe(`templates in LibreOffice${isReadable ? '' : ' (skipped: no soffice or pdftotext)'}`, function () {
  this.timeout(180_000);
  before(function () {
    if (!isReadable) this.skip();
  });

  it('when there are one owner and one author › each is as short as it can be, and has its names and signatures', async () => {
    const pagesOf = await converted(SHORT);
    for (const kind of TEMPLATES) {
      const text = pagesOf(kind).join('');
      expect(pagesOf(kind), kind).to.have.length.within(1, PAGES[kind]);
      for (const words of [titleOf(kind), '鹤华秋色图', '签署人', '签署日期', '年月日']) {
        expect(text, kind).to.include(words);
      }
      expect(text, kind).to.match(/李沧海|济南鹤华文化创意有限公司/);
      expect(text, kind).to.match(/（(签名|盖章)/);
    }
  });

  it('when ten with long names own it › every page names its document, and nobody is cut off', async () => {
    const pagesOf = await converted(LONG);
    for (const kind of TEMPLATES) {
      expect(pagesOf(kind), kind).to.have.length.within(2, MOST_PAGES);
      for (const page of pagesOf(kind)) expect(page, kind).to.include(`${titleOf(kind)}《秋`);
      const text = pagesOf(kind).join('');
      expect(text, kind).to.include('签署日期');
      for (const index of TEN.keys()) expect(text, kind).to.include(`<&>${index}`);
    }
  });
});

const titleOf = (kind: TemplateKind): string => templateFileName(kind).replace('.docx', '');

/** Reads the pages of a kind, each as its text without spaces. All are converted at once: LibreOffice takes seconds to start. */
async function converted(facts: TemplateFacts): Promise<(kind: TemplateKind) => string[]> {
  const folder = temporaryFolder();
  const files = TEMPLATES.map((kind) => path.join(folder, `${kind}.docx`));
  for (const [index, kind] of TEMPLATES.entries()) writeFileSync(files[index] ?? '', await makeTemplate(kind, facts));
  const profile = `-env:UserInstallation=file://${path.join(folder, 'profile')}`;
  await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...files]);
  for (const kind of TEMPLATES) await run('pdftotext', ['-raw', path.join(folder, `${kind}.pdf`)]);
  return (kind) =>
    readFileSync(path.join(folder, `${kind}.txt`), 'utf8')
      .split('\f')
      .slice(0, -1)
      .map((page) => page.replace(/\s/g, ''));
}
