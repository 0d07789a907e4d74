// SPDX-License-Identifier: Apache-2.0
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { StartError } from '../errors.ts';
import { machineFontFolders, openFonts } from './fonts.ts';

const KOREAN = fileURLToPath(
  import.meta.resolve('@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf'),
);

describe('the fonts of certificates', function () {
  this.timeout(20_000);
  const shipped = openFonts({ machineFolders: [] });

  for (const [what, text] of [
    ['Chinese', '鹤华，《区块链》 100％ ★'],
    ['Latin letters with marks, composed or not', 'Đặng Ünal re\u0301sume\u0301'],
    ['Greek and Cyrillic', 'Αθηνα Чайковский'],
    ['Japanese', 'ひらがな カタカナ'],
    ['Korean, also as a Mac names files', `한글 ${'한글'.normalize('NFD')}`],
    ['Uyghur', 'ئۇيغۇر تىلى،'],
    ['Tibetan', 'བཀྲ་ཤིས་རྒྱ་མཚོ།'],
  ] as const) {
    it(`show ${what}`, () => {
      expect(shipped.unprintable(text)).to.deep.equal([]);
    });
  }

  for (const [what, text, missing] of [
    ['a rare character', '𠮷田𡋾𠮷', ['𠮷', '𡋾']],
    ['letters that only join with tables nobody has looked at', 'ᠮᠣᠩ', ['ᠮ', 'ᠣ', 'ᠩ']],
    ['a script that nobody has looked at', 'नमः', ['न', 'मः']],
    ['a variant of a character', '葛\u{e0100}', ['葛\u{e0100}']],
    ['a mark that no letter composes with', 'q\u0304', ['q\u0304']],
    ['a sign without a shape', 'a\u200bb', ['\u200b']],
  ] as const) {
    it(`when the text has ${what}, name it once`, () => {
      expect(shipped.unprintable(text)).to.deep.equal(missing);
    });
  }

  it('when the user has no home, as in a container, are looked for in the shared folders', () => {
    const none = () => {
      throw new Error('uv_os_homedir returned ENOENT');
    };
    expect(machineFontFolders(none)).to.include('/usr/share/fonts');
    expect(machineFontFolders(() => path.join('users', 'me'))).to.include(path.join('users', 'me', '.fonts'));
  });

  it('when the operator gives a folder, look there too', () => {
    const folder = path.join(temporaryFolder(), 'fonts');
    mkdirSync(folder);
    copyFileSync(KOREAN, path.join(folder, 'another.ttf'));
    writeFileSync(path.join(folder, 'README'), 'not a font');
    expect(openFonts({ folder, machineFolders: [] }).files).to.include(path.join(folder, 'another.ttf'));
  });

  it('when the folder of the operator is not there, or holds a file that is no font, refuse to start', () => {
    const folder = path.join(temporaryFolder(), 'broken');
    const open = () => openFonts({ folder, machineFolders: [] });
    expect(open).to.throw(StartError).with.property('code', 'font-folder-unusable');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'broken.ttf'), 'not a font');
    expect(open).to.throw(StartError).with.property('code', 'font-folder-unusable');
  });
});
