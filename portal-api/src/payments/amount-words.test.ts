// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { amountWords } from './amount-words.ts';

describe('amountWords', () => {
  for (const [fen, words] of [
    [1, '人民币壹分'],
    [50, '人民币伍角整'],
    [55, '人民币伍角伍分'],
    [100, '人民币壹元整'],
    [105, '人民币壹元零伍分'],
    [3_000, '人民币叁拾元整'],
    [10_010, '人民币壹佰元壹角整'],
    [100_203, '人民币壹仟零贰元零叁分'],
    [10_000_500, '人民币壹拾万零伍元整'],
    [110_000_000, '人民币壹佰壹拾万元整'],
    [2_147_483_647, '人民币贰仟壹佰肆拾柒万肆仟捌佰叁拾陆元肆角柒分'],
    [10_000_000_000, '人民币壹亿元整'],
  ] as const)
    it(`when it is ${fen} fen › is ${words}`, () => expect(amountWords(fen)).to.equal(words));
});
