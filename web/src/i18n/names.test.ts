// SPDX-License-Identifier: Apache-2.0
// The names of one thing mean the same in both languages.
import { expect } from 'chai';
import { namesEn } from './names.en.ts';
import { namesZh } from './names.zh.ts';

/** What the English name of a Chinese one must hold, and no other. */
const MEANINGS: Readonly<Record<string, RegExp>> = {
  文字作品: /^Written/,
  口述作品: /^Oral/,
  音乐作品: /^Musical/,
  戏剧作品: /^Dramatic/,
  曲艺作品: /quyi/,
  舞蹈作品: /^Choreographic/,
  杂技艺术作品: /^Acrobatic/,
  美术作品: /^Fine art/,
  建筑作品: /^Architectural/,
  摄影作品: /^Photographic/,
  '视听作品（电影、电视剧）': /\(film, series\)/,
  '视听作品（其他）': /^Audiovisual.*\(other\)/,
  '工程设计图、产品设计图': /drawing/,
  '地图、示意图': /^Map/,
  模型作品: /^Model/,
  计算机软件: /software/,
  其他作品: /^Other/,
  原创: /^Original/,
  改编: /^Adaptation/,
  翻译: /^Translation/,
  汇编: /^Compilation/,
  注释: /^Annotation/,
  整理: /^Arrangement/,
  其他: /^Other/,
  原始: /^Original/,
  继受: /^Derivative/,
  侵犯著作权: /copyright/,
  侵犯隐私或肖像: /privacy or likeness/,
  违法或不良信息: /^Unlawful/,
  内容不实或误导: /misleading/,
  '内容不清楚、不完整': /^Unclear/,
};

describe('names of kinds', () => {
  for (const list of ['workTypes', 'creationNatures', 'acquisitions', 'grounds'] as const)
    it(`${list} › when both languages name a code › they mean the same, and no two codes share a name`, () => {
      const english = new Map<string, string>(Object.entries(namesEn[list]));
      for (const [code, chinese] of Object.entries(namesZh[list])) {
        const meaning = MEANINGS[chinese];
        expect(meaning, chinese).to.not.equal(undefined);
        expect(english.get(code), code).to.match(meaning ?? /^$/);
      }
      for (const names of [namesZh[list], namesEn[list]]) {
        const all = Object.values<string>(names);
        expect(new Set(all).size).to.equal(all.length);
      }
    });
});
