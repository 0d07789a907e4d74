// SPDX-License-Identifier: Apache-2.0
// The words on a page in one language: none of the other language, no name of a text instead of the text, and no value that
// nobody put in. What people typed is theirs, and stands in its own language.
import type { Page } from 'playwright-core';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** In both languages as they are: names of products and formats, and of the programs that act in the audit log. */
const TERMS = new Set(
  `Inkseal Node Cookie SHA QR ID CSV JSONL JSON PDF DOCX JPEG PNG MB KB GB SMS TOTP TypeError GitHub Windows Chrome Edge Firefox Safari CAD HEIC HTML Markdown
  ClamAV Mon Nov
  png jpg jpeg gif webp pdf docx ppt pptx zip json html mp3 mp4 system ledger chain account.grant`.split(/\s+/),
);
const FILE_TYPE = /\.(png|jpe?g|pdf|docx|txt|json|html|zip|gz|tgz|sha256|org)$/;
/** What the people of the test typed, and the names of their files. */
const TYPED = new RegExp(
  [
    '鲁著证字（2014）第[\\w-]+号|(山东省齐鲁文化创意与数字版权登记中心)+|山东版权中心|青\\*+',
    '(山东省济南市历下区人民法院)+知识产权审判庭|济南市中级人民法院|（2026）鲁01(民初123号|财保5号裁定。)|承办人 刘法官 0531-88880000|请提供涉案作品的存证资料。',
    '协查函.pdf|案件侦查需要，暂不通知。|案件已审结，法院通知解除保全。|该作品系本人于2019年创作，附创作底稿。|作品由我独立创作，见存证原件。',
    '济南市历下区青釉与鹤文化创意产业发展有限责任公司第一分公司|包括制作衍生品并在线上、线下销售的权利。|王大力|济南市历下区人民法院',
    '中华人民共和国境内（不含香港、澳门、台湾地区）|对方称图案与其二〇二四年发表的插画近似，要求停止使用。|（2026）鲁0102民初1号|不再需要存证。|证书原件遗失。|其他权利均由著作权人享有。',
    '(非职务创作保证书|自愿登记权利保证书).pdf',
    '鹤华(抱枕|秋色图?)?(（修订）)?|以鹤为题的图案[^。]*。|创意设计|模型|青花瓷器与民间工艺美术的再创作|(青花人偶文创产品系列图案)+[^ ]*',
    '(这一系列以鹤为题，记录从草图到成品的每一步。)+|测试员|测\\*\\*|沈\\*\\*|张三丰|张\\*+|欧[·\\p{Script=Han}*]+|李四光|李\\*\\*',
    '山东省济南市历下区(测试路\\d+号)?|山东省|济南市|历下区|(青釉文化(创意与数字版权运营)?)+（济南）有限公司\\d*部?|(青釉文化创意与数字版权运营)+',
    '省级重点文化创意产业园区入驻企业专项扶持优惠|年度活动|印信版权存证中心|测试银行济南分行|^测试$|青釉文化有限公司|看不清。|看不清签字。|请写明图案的用途。|请补充源文件的创作界面。|营业执照看不清，请重新拍摄后上传。|请填写营业执照上的法定代表人。',
    '(ALEXANDRA MARGARETA )+ERIKSSON|资料页反光，看不清号码，请重新拍摄后上传。|出生日期与资料页不一致。',
    '《鹤影》主视觉|演示者|演\\*\\*|青釉\\*+\\d*(部|公司)|青釉纹样集|^青釉$|泉声三叠（曲谱）|《》|Made-up trust, for tests|测作登字-\\d{4}-[A-Z]-\\d{8}|\\b(original|other|sample)\\b',
  ].join('|'),
  'gu',
);
const NAME_OF_A_TEXT = /\b[a-z]+(?:\.[a-z][A-Za-z\d]+)+\b/g;
const NO_VALUE = /\{\w+\}|\bundefined\b|\bNaN\b|\[object |\bInvalid Date\b/;
/** But for the brackets around what the operator has to fill in. */
const HAN = /[\p{Script=Han}，、。；：？！（）《》]+/gu;
/** Three letters and more; in file names, addresses, digests and codes there are other signs beside them. */
const LATIN = /(?<![\w@./\\:#=-])[A-Za-z]{3,}(?![\w@/\\:#=-]|\.\w)/g;
const HEX_GROUP = /^[\da-f]{4}$/;
/** A code to look a certificate up that happens to have no digit: one of some 25. */
const CODE = /^[A-HJKMNP-TV-Z]{10}$/;

/** What is written on the page but for elements that name another language. */
const READ = `(() => {
  const own = document.documentElement.lang;
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true });
  const isForeign = (element) => {
    const named = element.closest('[lang]');
    return named && named.lang !== own;
  };
  const read = [document.title];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!element || element.closest('script, style, noscript, code, pre') || isForeign(element) || !isShown(element)) continue;
    read.push(walk.currentNode.data.trim());
  }
  for (const element of document.body.querySelectorAll(':is([aria-label], [title], [placeholder], [alt]):not(.anticon)')) {
    if (isForeign(element) || !isShown(element)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) read.push(element.getAttribute(name) ?? '');
  }
  return read.filter(Boolean);
})()`;

export async function faultsOfWords(page: Page, language: Language): Promise<string[]> {
  const read = await page.evaluate<string[]>(READ);
  return [...new Set(read.flatMap((text) => faultsIn(text, language)))];
}

function faultsIn(text: string, language: Language): string[] {
  const own = text.replaceAll(TYPED, '');
  const strange = language === 'en' ? (own.match(HAN) ?? []) : latinIn(own);
  const isUnfinished = NO_VALUE.test(own) || namesIn(own).length > 0;
  return [
    ...(strange.length > 0 ? [`${strange.join(' ')} in “${text.slice(0, 60)}”`] : []),
    ...(isUnfinished ? [`unfinished text “${text.slice(0, 60)}”`] : []),
  ];
}

function latinIn(text: string): string[] {
  return (text.match(LATIN) ?? []).filter((word) => !TERMS.has(word) && !HEX_GROUP.test(word) && !CODE.test(word));
}

function namesIn(text: string): string[] {
  return (text.match(NAME_OF_A_TEXT) ?? []).filter((name) => !TERMS.has(name) && !FILE_TYPE.test(name));
}
