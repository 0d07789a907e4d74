// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { printedCertificate } from '../../../../test/support/printed-certificate.ts';
import { englishArticles } from './articles.en.ts';
import { chineseArticles } from './articles.zh.ts';
import type { DossierFacts } from './dossier-facts.ts';

const NAME = '印信*版权存证中心';

const factsWith = (signer: DossierFacts['signer'], tokens = 0): DossierFacts => {
  const { facts } = printedCertificate({ files: 1 });
  const lists = { originals: [], documents: [], received: [], sections: [], processLog: [], ownerTrail: [] };
  const environment = { clock: 'ntp-not-observed', clockOffset: null };
  return { ...lists, facts: { ...facts, tokens }, environment, signer } as unknown as DossierFacts;
};

describe('the articles of an evidence package', () => {
  for (const [state, signer, chinese, english] of [
    ['nobody signed', undefined, '没有电子签名', 'bears no electronic signature'],
    [
      'a development certificate signed',
      { name: NAME, isDevelopment: true },
      '开发用证书',
      'of a development certificate',
    ],
    [
      'the centre signed',
      { name: NAME, isDevelopment: false },
      '有 印信\\*版权存证中心 的电子签名',
      'of 印信\\*版权存证中心',
    ],
  ] as const)
    it(`when ${state} the PDF › say so in both languages`, () => {
      expect(chineseArticles(factsWith(signer))).to.include(
        `certificate.pdf ${chinese.startsWith('开') ? '的签名用的是' : ''}${chinese}`,
      );
      expect(englishArticles(factsWith(signer))).to.include(english);
    });

  it('when the proof has time stamps › name their file', () => {
    for (const write of [chineseArticles, englishArticles]) {
      expect(write(factsWith(undefined, 1))).to.include('timestamp.tsr');
      expect(write(factsWith(undefined))).not.to.include('timestamp.tsr');
    }
  });
});
