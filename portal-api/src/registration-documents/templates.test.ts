// SPDX-License-Identifier: Apache-2.0
// The templates as a word processor finds them: unzipped, their XML read.
import { expect } from 'chai';
import { unzipSync } from 'fflate';
import type { TemplateFacts, TemplatePerson } from './template-facts.ts';
import { TEMPLATES, type TemplateKind, templateFileName } from './template-names.ts';
import { makeTemplate } from './templates.ts';

const LI: TemplatePerson = {
  name: '李沧海',
  documentType: 'RESIDENT_ID',
  idNumber: '370102199003072417',
  address: '济南市历下区解放东路 1 号',
  phone: '13900000001',
};
const HEHUA: TemplatePerson = {
  name: '济南鹤华文化创意有限公司',
  documentType: 'BUSINESS_LICENCE',
  idNumber: '91370100MA3CX00113',
};
const WANG: TemplatePerson = { name: '王若水', documentType: 'PASSPORT' };
const FACTS: TemplateFacts = {
  title: '鹤华秋色图',
  workType: 'FINE_ART',
  completedOn: '2026-03-07',
  firstPublishedOn: '2026-10-01',
  acquisition: 'ORIGINAL',
  ownership: 'SERVICE',
  serviceKind: 'SPECIAL',
  owners: [HEHUA],
  authors: [LI],
  applicants: [HEHUA],
  agent: WANG,
  siteName: '测试版权中心',
};
const NOTHING: TemplateFacts = {
  title: '',
  workType: null,
  completedOn: null,
  acquisition: null,
  ownership: null,
  owners: [],
  authors: [],
  applicants: [],
  siteName: '测试版权中心',
};
const WORK = ['鹤华秋色图', '美术作品', '2026年3月7日', '2026年10月1日', '原始取得', '特殊职务作品'];
/** Agreed between the parties; the others are addressed to the site. */
const AGREEMENTS: readonly TemplateKind[] = ['COOPERATION_AGREEMENT', 'SERVICE_AGREEMENT', 'COMMISSION_CONTRACT'];
const OF_LI = ['李沧海', '居民身份证', '370102199003072417', '济南市历下区解放东路 1 号', '13900000001'];
const OF_HEHUA = ['济南鹤华文化创意有限公司', '营业执照', '91370100MA3CX00113'];
const OF_WANG = ['王若水', '护照'];

/** Its file, the facts beside those of the work, what the clauses have to say, and who signs in which role. */
const EXPECTED: Record<TemplateKind, { file: string; facts: string[]; clauses: string[]; signers: string[] }> = {
  GUARANTEE: {
    file: '作品自愿登记权利保证书.docx',
    facts: [...OF_LI, ...OF_HEHUA],
    clauses: [
      '真实、准确、完整',
      '享有所申报的权利',
      '许可',
      '没有侵犯他人',
      '禁止出版',
      '初步证明',
      '撤销登记',
      '全部法律责任',
    ],
    signers: ['保证人：济南鹤华文化创意有限公司'],
  },
  NON_SERVICE_PLEDGE: {
    file: '非职务创作保证书.docx',
    facts: OF_LI,
    clauses: ['未在任何单位任职', '工作任务', '物质技术条件', '独立完成', '由作者本人享有', '全部法律责任'],
    signers: ['保证人：李沧海'],
  },
  NON_SERVICE_PROOF: {
    file: '非职务创作证明.docx',
    facts: [...OF_LI, '单位名称', '统一社会信用代码', '在本单位任职的起止时间'],
    clauses: [
      '不是本单位交付的工作任务',
      '不属于作者岗位职责',
      '不是主要利用',
      '没有主持',
      '由李沧海个人享有',
      '真实性负责',
    ],
    signers: ['出具证明的单位：', '法定代表人或者负责人：', '经办人：'],
  },
  COOPERATION_AGREEMENT: {
    file: '合作协议.docx',
    facts: OF_HEHUA,
    clauses: [
      ...['共同创作', '份额', '署名', '协商一致行使', '可以分割使用', '书面同意', '申请作品登记'],
      ...['合法权益', '人民法院'],
    ],
    signers: ['甲方：济南鹤华文化创意有限公司', '乙方：'],
  },
  LEGAL_ENTITY_STATEMENT: {
    file: '法人作品声明.docx',
    facts: [...OF_HEHUA, ...OF_LI],
    clauses: ['主持创作', '意志', '承担责任', '视为本作品的作者', '不以个人名义', '真实性负责'],
    signers: ['声明单位：济南鹤华文化创意有限公司', '参加创作的人员：李沧海'],
  },
  SERVICE_AGREEMENT: {
    file: '职务作品归属协议.docx',
    facts: [...OF_HEHUA, ...OF_LI],
    clauses: [
      ...['甲方工作人员', '乙方享有署名权', '主要利用甲方的物质技术条件', '报酬', '不侵犯他人', '申请作品登记'],
      '人民法院',
    ],
    signers: ['甲方（单位）：济南鹤华文化创意有限公司', '乙方（作者）：李沧海'],
  },
  COMMISSION_CONTRACT: {
    file: '委托创作合同.docx',
    facts: [...OF_HEHUA, ...OF_LI],
    clauses: [
      ...['甲方委托乙方', '交付', '支付报酬', '著作权由济南鹤华文化创意有限公司享有', '署名方式', '用途和范围'],
      ...['独立创作', '申请作品登记', '人民法院'],
    ],
    signers: ['甲方（委托人）：济南鹤华文化创意有限公司', '乙方（受托人）：李沧海'],
  },
  POWER_OF_ATTORNEY: {
    file: '授权委托书.docx',
    facts: [...OF_HEHUA, ...OF_WANG],
    clauses: ['代为办理下列事项', '无权代为转让', '不得转委托', '法律后果', '保密义务', '委托期限'],
    signers: ['委托人：济南鹤华文化创意有限公司', '受托人（代理人）：王若水'],
  },
  WORK_DESCRIPTION: {
    file: '作品说明书.docx',
    facts: OF_LI,
    clauses: ['作品内容', '创作目的', '创作过程', '独创性', '素材', '人工智能', '内容属实'],
    signers: ['作者：李沧海'],
  },
};
const NUMERALS = '一二三四五六七八九十';

describe('templates of a registration', () => {
  for (const kind of TEMPLATES) {
    const { file, facts, clauses, signers } = EXPECTED[kind];

    it(`${kind} › when made › has its name, its title and every fact that it is about`, async () => {
      expect(templateFileName(kind)).to.equal(file);
      const paragraphs = await paragraphsOf(kind, FACTS);
      expect(`${paragraphs[0]}.docx`).to.equal(file);
      const addressee = AGREEMENTS.includes(kind) ? [] : [FACTS.siteName];
      expectAll(paragraphs.join('\n'), [...WORK, ...addressee, ...facts]);
    });

    it(`${kind} › when made › has its clauses, numbered without a gap`, async () => {
      const numbered = clausesIn(await paragraphsOf(kind, FACTS));
      expect(numbered.map((text) => text[0]).join('')).to.equal(NUMERALS.slice(0, clauses.length));
      for (const [index, words] of clauses.entries()) expect(numbered[index]).to.include(words);
    });

    it(`${kind} › when made › has a line for the name, the signature and the date of each signer`, async () => {
      const paragraphs = await paragraphsOf(kind, FACTS);
      const lines = paragraphs.slice(paragraphs.indexOf('签署日期') + 1);
      expect(lines.filter((_, index) => index % 3 === 0)).to.deep.equal(signers);
      for (const [index, line] of lines.entries()) {
        if (index % 3 === 1) expect(line).to.match(/^（.*(签名|盖章).*）$/);
        if (index % 3 === 2) expect(line).to.match(/年\s+月\s+日/);
      }
    });

    it(`${kind} › when nothing is known yet › leaves lines to fill in`, async () => {
      const text = (await paragraphsOf(kind, NOTHING)).join('\n');
      expectAll(text, ['作品名称', '创作完成日期', '\u00a0'.repeat(20)]);
      expect(text).not.to.match(/undefined|null|NaN|《》/);
    });

    it(`${kind} › when names and title hold whatever fits a form › is well-formed, and shows them`, async () => {
      const name = `<w:t>&amp;"'𠮷䶮\u{30edd} O’Neil\u0000\u0007\n第二行\ud800\ufffe${'长'.repeat(90)}`;
      const seen = `<w:t>&amp;"'𠮷䶮\u{30edd} O’Neil 第二行\ufffd${'长'.repeat(90)}`;
      const person = { name, idNumber: name, address: name, phone: name };
      const people = { owners: [person], authors: [person], applicants: [person], agent: person };
      const parts = await partsOf(kind, { ...FACTS, ...people, title: name, siteName: name });
      for (const xml of Object.values(parts)) expectWellFormed(xml);
      const text = readParagraphs(parts['word/document.xml'] ?? '').join('\n');
      expectAll(text, [seen, `《${seen}》`]);
    });

    it(`${kind} › when made twice of the same facts › has the same bytes, without a time or an author`, async () => {
      const [first, second] = [await makeTemplate(kind, FACTS), await makeTemplate(kind, FACTS)];
      expect(first.equals(second)).to.equal(true);
      expect(daysOfEntries(first)).to.deep.equal(['1980-1-1']);
      const core = (await partsOf(kind, FACTS))['docProps/core.xml'] ?? '';
      expect(core).to.include(`<dc:title>${file.replace('.docx', '')}</dc:title>`);
      expect(core).not.to.match(/creator|created|modified|20\d\d-/);
    });
  }

  it('when owners are also applicants, and two have one name › each of them signs once', async () => {
    const other = { ...LI, idNumber: '370200198506150024' };
    const people = { owners: [LI, other], applicants: [LI, HEHUA] };
    const paragraphs = await paragraphsOf('GUARANTEE', { ...FACTS, ...people });
    const signers = paragraphs.filter((text) => text.startsWith('保证人：'));
    expect(signers).to.deep.equal(['保证人：李沧海', '保证人：李沧海', '保证人：济南鹤华文化创意有限公司']);
    expect(paragraphs).to.include('著作权人、作者、申请人');
  });

  it('when ten own a work together › each is a party of the agreement, with a share and a signature', async () => {
    const owners = [...NUMERALS].map((numeral, index) => ({ name: `作者${numeral}`, share: `10.0${index}` }));
    const paragraphs = await paragraphsOf('COOPERATION_AGREEMENT', { ...FACTS, owners });
    expect(paragraphs).to.include.members(owners.map(({ share }) => share));
    expectAll(
      (await paragraphsOf('GUARANTEE', { ...FACTS, owners })).join(),
      owners.map(({ share }) => `份额 ${share}%`),
    );
    for (const [index, party] of [...'甲乙丙丁戊己庚辛壬癸'].entries()) {
      const lines = paragraphs.filter((text) => text === `${party}方：作者${NUMERALS[index]}`);
      expect(lines, 'among the parties, the shares and the signatures').to.have.length(3);
    }
  });

  it('when a work of service is of the general kind › belongs to the author, and the employer comes first', async () => {
    const clauses = clausesIn(await paragraphsOf('SERVICE_AGREEMENT', { ...FACTS, serviceKind: 'GENERAL' }));
    expectAll(clauses.join('\n'), ['著作权由乙方享有', '优先使用', '两年内']);
    expect(clauses.join('\n')).not.to.include('乙方享有署名权');
  });

  it('when it is not said which kind of work of service it is › offers both to be ticked', async () => {
    const paragraphs = await paragraphsOf('SERVICE_AGREEMENT', { ...FACTS, serviceKind: null });
    const boxes = paragraphs.filter((text) => text.startsWith('□'));
    expect(boxes).to.have.length(2);
    expect(boxes[0]).to.include('著作权由乙方享有');
    expect(boxes[1]).to.include('乙方享有署名权');
  });

  it('when the title has its own marks › does not set them twice', async () => {
    const text = (await paragraphsOf('WORK_DESCRIPTION', { ...FACTS, title: '《鹤华秋色图》' })).join('\n');
    expect(text).to.include('作品《鹤华秋色图》的作者');
  });

  it('when made › names itself, the work, the site and the page at the foot of each page', async () => {
    const footer = readParagraphs((await partsOf('COMMISSION_CONTRACT', FACTS))['word/footer1.xml'] ?? '').join('\n');
    expectAll(footer, ['委托创作合同　《鹤华秋色图》　第 ', '由测试版权中心根据申请人填写的信息生成']);
  });

  it('when made › is set on A4 in 宋体', async () => {
    const parts = await partsOf('GUARANTEE', FACTS);
    expect(parts['word/document.xml']).to.match(/<w:pgSz[^>]*w:w="11906"[^>]*w:h="16838"/);
    expect(parts['word/styles.xml']).to.include('w:eastAsia="SimSun"');
    expect(parts['word/fontTable.xml']).to.include('<w:altName w:val="宋体"/>');
  });
});

function expectAll(text: string, words: readonly string[]): void {
  expect(words.filter((each) => !text.includes(each))).to.deep.equal([]);
}

async function partsOf(kind: TemplateKind, facts: TemplateFacts): Promise<Record<string, string>> {
  const files = Object.entries(unzipSync(await makeTemplate(kind, facts)));
  return Object.fromEntries(files.map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]));
}

async function paragraphsOf(kind: TemplateKind, facts: TemplateFacts): Promise<string[]> {
  return readParagraphs((await partsOf(kind, facts))['word/document.xml'] ?? '').filter((text) => text !== '');
}

const clausesIn = (paragraphs: readonly string[]) =>
  paragraphs.filter((text) => /^[一二三四五六七八九十]、/.test(text));

function readParagraphs(xml: string): string[] {
  return [...xml.matchAll(/<w:p>(.*?)<\/w:p>/gs)].map(([, inside = '']) =>
    [...inside.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text = '']) => unescaped(text)).join(''),
  );
}

function unescaped(text: string): string {
  const signs: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(\w+);/g, (whole, name: string) => signs[name] ?? whole);
}

/** Every element closed in its turn, every ampersand part of an entity, and only characters that XML has. */
function expectWellFormed(xml: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML 1.0 refuses
  expect(xml).not.to.match(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&(?!(?:lt|gt|quot|apos|amp);)/);
  expect(xml.isWellFormed()).to.equal(true);
  const open: string[] = [];
  for (const [, end, name = '', rest = ''] of xml.matchAll(/<(\/?)([\w:]+)((?:\s[\w:]+="[^"<]*")*\s*\/?)>/g)) {
    if (end) expect(open.pop()).to.equal(name);
    else if (!rest.endsWith('/')) open.push(name);
  }
  expect(open).to.deep.equal([]);
  expect(xml.replace(/<[^<>]*>/g, '')).not.to.match(/[<>]/);
}

/** The days that the directory of a zip states, each once. */
function daysOfEntries(zip: Buffer): string[] {
  const found = new Set<string>();
  for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 1, 'latin1')) {
    const day = zip.readUInt16LE(at + 14);
    found.add(`${(day >> 9) + 1980}-${(day >> 5) & 15}-${day & 31}`);
  }
  return [...found];
}
