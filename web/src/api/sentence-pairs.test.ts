// SPDX-License-Identifier: Apache-2.0
// The two languages say the same of each code: what one sentence is about, the other is about too.
import { expect } from 'chai';
import { SENTENCES } from './sentences.ts';

/** Words of the Chinese sentences, and what the English one of the same code must hold. */
const WORDS: readonly (readonly [chinese: RegExp, english: RegExp])[] = [
  [/密码/, /password/i],
  [/验证码/, /code|digits/i],
  [/查询码/, /look-up code/i],
  [/手机号/, /phone|number/i],
  [/身份证/, /\bID\b|\bside\b/],
  [/实名/, /real name|verif/i],
  [/支付|付款/, /pay/i],
  [/证书/, /certificate/i],
  [/订单/, /order|attest/i],
  [/网络/, /network|connect/i],
  [/刷新/, /reload|refresh/i],
  [/客服/, /support|operator/i],
  [/管理员/, /administrator/i],
  [/图片/, /image|picture/i],
  [/今天/, /today/i],
];

describe('a sentence in both languages', () => {
  for (const list of ['errors', 'fields', 'exact'] as const)
    it(`${list} › is about the same things, and has the same places`, () => {
      const english = new Map<string, string>(Object.entries(SENTENCES.en[list]));
      const faults = Object.entries<string>(SENTENCES.zh[list]).flatMap(([code, zh]) => {
        const en = english.get(code) ?? '';
        const placesOf = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g) ?? [])].sort().join();
        const lost = WORDS.filter(([chinese, word]) => chinese.test(zh) && !word.test(en)).map(
          ([, word]) => word.source,
        );
        const places = placesOf(zh) === placesOf(en) ? [] : [`${placesOf(zh)} and ${placesOf(en)}`];
        return [...lost, ...places].map((fault) => `${code}: ${fault}: ${zh} / ${en}`);
      });
      expect(faults).to.deep.equal([]);
    });

  it('errors › no two codes have the same sentence', () => {
    for (const language of ['zh', 'en'] as const) {
      const sentences = Object.values(SENTENCES[language].errors);
      const twice = sentences.filter((sentence, place) => sentences.indexOf(sentence) !== place);
      expect(twice, language).to.deep.equal([]);
    }
  });
});
