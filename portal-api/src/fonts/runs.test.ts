// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { openFonts } from './fonts.ts';
import { LEFT_TO_RIGHT_MARK, runsOf } from './runs.ts';

const fonts = openFonts({ machineFolders: [] });

/** The runs as they stand on the page from left to right; a shaping engine turns each Arabic word itself. */
const shown = (text: string) => runsOf(text, fonts).map((run) => run.text);

describe('runsOf', () => {
  it('when a line has one font and one direction, leaves it whole', () => {
    expect(shown('鹤华 Crane 2026')).to.deep.equal(['鹤华 Crane 2026']);
  });

  it('when a character needs another font, cuts there, and keeps marks with their letter', () => {
    expect(shown('鹤한글བཀྲ')).to.deep.equal(['鹤', '한글', 'བཀྲ']);
  });

  it('when words run from right to left, puts the first one rightmost', () => {
    expect(shown('甲 ئۇيغۇر تىلى 乙')).to.deep.equal(['甲 ', 'تىلى', ' ', 'ئۇيغۇر', ' 乙']);
  });

  it('when brackets stand in words that run from right to left, turns them', () => {
    expect(shown('ئۇيغۇر (تىلى) ئۇيغۇر')).to.deep.equal(['ئۇيغۇر', ' (', 'تىلى', ') ', 'ئۇيغۇر']);
  });

  it('when a mark separates a name and a number, keeps the number behind the name', () => {
    expect(shown(`ئۇيغۇر ${LEFT_TO_RIGHT_MARK}370***2417`).join('')).to.equal('ئۇيغۇر 370***2417');
    expect(shown('ئۇيغۇر 370***2417')[0]).to.not.equal('ئۇيغۇر');
  });
});
