// SPDX-License-Identifier: Apache-2.0
// 作品登记证书, read back from the PDF.
import { expect } from 'chai';
import { pageTexts, piecesOf, wholeText } from '../../../../test/support/pdf-text.ts';
import { printedRegistration } from '../../../../test/support/printed-registration.ts';
import { expectSound } from '../../../../test/support/sound-pages.ts';
import { openFonts } from '../../fonts/index.ts';
import type { RegistrationFacts } from '../facts.ts';
import { isStamped } from './printed-certificate.ts';
import { renderCertificate } from './render-certificate.ts';

const FONTS = openFonts({ machineFolders: [] });
const BUNDLE = Buffer.from('{"mediaType":"application/vnd.inkseal.proof+json;v=1"}');
const AUTHORITY = { registrationNumber: '鲁作登字-2026-F-00000001', registeredOn: '2026-11-22' };
const LONG_NAME = `阿不都热合曼·买买提依明·${'努尔麦麦提'.repeat(7)}末`;

interface Options {
  files?: number;
  isDevelopment?: boolean;
}

function printedOf(changes: Partial<RegistrationFacts>, { files = 1, isDevelopment = false }: Options = {}) {
  const printed = printedRegistration({ files });
  return { ...printed, isDevelopment, facts: { ...printed.facts, ...changes } };
}

const render = (changes: Partial<RegistrationFacts> = {}, options: Options = {}): Promise<Buffer> =>
  renderCertificate(printedOf(changes, options), BUNDLE, FONTS);

const numbered = (count: number, text: string) =>
  Array.from({ length: count }, (_, index) => `第${index + 1}号${text}`.slice(0, 50));

const people = (names: readonly string[]): RegistrationFacts['parties'] => [
  ...names.map((name) => ({ role: 'owner' as const, name, idNumber: '370***********2417' })),
  ...names.map((name) => ({ role: 'author' as const, name: `${name}笔` })),
  ...names.slice(0, 3).map((name) => ({ role: 'applicant' as const, name })),
  { role: 'agent', name: '青釉文化传播（山东）有限公司' },
];

const work = (): RegistrationFacts['work'] => printedRegistration({ files: 1 }).facts.work;
const rights = (): RegistrationFacts['rights'] => printedRegistration({ files: 1 }).facts.rights;

describe('the PDF of a registration', function () {
  this.timeout(30_000);

  it('has the same bytes whenever it is rendered', async () => {
    expect((await render()).equals(await render())).to.equal(true);
  });

  it('carries the proof, and is named by what it is', async () => {
    const pdf = (await render()).toString('latin1');
    const name = Buffer.from('登记', 'utf16le').swap16().toString('latin1');
    expect(pdf).to.include('/EmbeddedFile').and.include(name);
  });

  it('says everything that the form of the administration asks for', async () => {
    const text = wholeText(await render({ registration: AUTHORITY }));
    for (const words of [
      '作品登记证书',
      '登记号RegistrationNo.鲁作登字-2026-F-00000001',
      '作品名称Titleofwork《鹤影》主视觉',
      '作品类别Typeofwork美术作品',
      '作者Author鹤翁',
      '著作权人Copyrightowner沈砚秋370***********2417',
      '创作完成日期Completedon2026年10月18日',
      '首次发表日期Firstpublished未发表',
      '权利取得方式Rightsacquiredby原始',
      '权利归属方式Ownership个人作品',
      '权利拥有状况Rightsheld全部',
      '以上事项由沈砚秋申请，经印信版权存证中心审核，根据《作品自愿登记试行办法》的规定，予以登记。',
      '2026年11月22日登记日期',
      '100000000000018264',
      'C3202611220000000182',
      '1795000000123456789',
      '上链记录',
    ])
      expect(text).to.include(words);
  });

  it('when the work was published and the rights are held in part › names date, place, each right and the reasons', async () => {
    const text = wholeText(
      await render({
        work: {
          ...work(),
          publication: { status: 'PUBLISHED', firstPublishedOn: '2026-10-20', country: '中国', city: '济南' },
        },
        rights: {
          acquisition: 'INHERITANCE',
          acquisitionNote: '依公证书取得',
          ownership: 'SERVICE',
          serviceKind: 'SPECIAL',
          scope: 'PART',
          rights: ['R02', 'R05', 'R12', 'R17'],
          rightsNote: '按合作协议共有',
        },
      }),
    );
    expect(text)
      .to.include('2026年10月20日中国济南')
      .and.include('继承Inheritance依公证书取得')
      .and.include('职务作品（特殊职务作品）')
      .and.include('部分：署名权、复制权、信息网络传播权、其他')
      .and.include('说明：按合作协议共有');
  });

  it('when owners state shares › prints them beside the names, or in the list of ten', async () => {
    const two = people(['沈砚秋', '王小明']).map((party, index) =>
      party.role === 'owner' ? { ...party, shareBasisPoints: ['3334', '6666'][index] } : party,
    );
    const short = wholeText(await render({ parties: two }));
    expect(short).to.include('份额33.34%').and.include('份额66.66%');
    expect(short.match(/份额/g)).to.have.length(2);
    const ten = people(numbered(10, LONG_NAME)).map((party) =>
      party.role === 'owner' ? { ...party, shareBasisPoints: '1000' } : party,
    );
    const pdf = await render({ parties: ten });
    expect(wholeText(pdf).match(/份额Share10%/g)).to.have.length(10);
    expectSound(pdf);
  });

  for (const [what, names] of [
    ['long names', numbered(10, LONG_NAME)],
    ['short names', ['张三', '李四', '王五', '赵六', '钱七', '孙八', '周九', '吴十', '郑一', '冯二']],
    ['names in Latin letters', numbered(10, 'Maximilian Alexander von Hohenstaufen-Wittelsbach')],
  ] as const) {
    it(`when ten owners and ten authors have ${what} › prints all, whole and apart`, async () => {
      const pdf = await render({ parties: people(names) }, { files: 10 });
      const text = wholeText(pdf);
      for (const name of names)
        expect(text).to.include(name.replace(/\s/g, '')).and.include(`${name}笔`.replace(/\s/g, ''));
      expect(text).to.include('代理人：青釉文化传播（山东）有限公司').and.not.include('…');
      expectSound(pdf);
    });
  }

  it('when title, type and notes are as long as they may be beside ten long names › goes on over further pages', async () => {
    const title = `始${'鹤影'.repeat(49)}终`;
    const workTypeNote = `注${'非常特别'.repeat(24)}完。`;
    const note = `因${'按照合作协议的约定'.repeat(21)}止。`;
    const names = numbered(10, LONG_NAME);
    const pdf = await render(
      {
        work: { ...work(), title, workType: 'OTHER', workTypeNote },
        rights: { ...rights(), scope: 'PART', acquisition: 'OTHER', acquisitionNote: note, rightsNote: note },
        parties: people(names),
      },
      { files: 10, isDevelopment: true },
    );
    for (const words of [title, workTypeNote, note, ...names]) expect(wholeText(pdf)).to.include(words);
    expectSound(pdf);
  });

  for (let count = 1; count <= 10; count += 1) {
    it(`when there are ${count} owners, authors and files › leaves no page nearly blank`, async () => {
      expectSound(await render({ parties: people(numbered(count, LONG_NAME)) }, { files: count }));
    });
  }

  it('when people have no room on the first page › says where they are', async () => {
    const names = numbered(10, LONG_NAME);
    const [first = '', second = ''] = pageTexts(await render({ parties: people(names) })).map((text) =>
      text.replace(/\n/g, ''),
    );
    expect(first)
      .to.match(/共 10 位，全部列于第 2 页/)
      .and.match(/等 3 位申请人（列于第 2 页）/);
    expect(second).to.include('第1号');
  });

  it('when a title is in several scripts › prints it, and 〓 for what no font has', async () => {
    const title = '김철수 ئۆتكۈر བཀྲ་ཤིས';
    expect(wholeText(await render({ work: { ...work(), title } }))).to.include(title.replaceAll(' ', ''));
    const text = wholeText(await render({ work: { ...work(), title: '鹤😀' } }));
    expect(text).to.include('鹤〓').and.include('“〓”表示字库没有的字');
  });

  for (const [what, registration, isDevelopment, expected] of [
    ['an authority gave the number and validators back the chain', AUTHORITY, false, 'stamped'],
    ['an authority gave the number on a development chain', AUTHORITY, true, 'sample'],
    ['nobody with authority gave the number', undefined, false, 'sample'],
    ['neither is so', undefined, true, 'sample'],
  ] as const) {
    it(`when ${what} › is ${expected}`, async () => {
      const changes = registration ? { registration } : {};
      const pdf = await render(changes, { isDevelopment });
      const marks = piecesOf(pdf).filter(({ text }) => text === '样例 SAMPLE');
      const text = wholeText(pdf);
      expect(marks).to.have.length(expected === 'sample' ? 6 : 0);
      expect(isStamped(printedOf(changes, { isDevelopment }))).to.equal(expected === 'stamped');
      expect(text.includes('未钤印')).to.equal(expected === 'sample');
      expect(text.includes('不具法律效力')).to.equal(expected === 'sample');
      expect(text.includes('测试登记号，不具法律效力')).to.equal(registration === undefined);
    });
  }

  it('when it is a preview › says so on each page, and has no number', async () => {
    const { work: shown, rights: held, files, parties } = printedRegistration({ files: 1 }).facts;
    const preview = {
      isPreview: true as const,
      facts: { work: shown, rights: held, files, parties },
      madeAt: '2026-11-22T05:00:09.000Z',
      siteName: 'inkseal.example',
    };
    const pdf = await renderCertificate(preview, undefined, FONTS);
    const text = wholeText(pdf);
    expect(text).to.include('预览，不是证书：尚未登记').and.not.include('1795000000123456789');
    expect(pageTexts(pdf).every((page) => page.includes('预览 PREVIEW'))).to.equal(true);
    expectSound(pdf);
  });
});
