// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { cleanFileName } from './file-name.ts';

describe('cleanFileName', () => {
  const cases: [string, string | null | undefined, string][] = [
    ['keeps an ordinary name', '鹤华 (1).png', '鹤华 (1).png'],
    ['takes the last part of a path', '/etc/../passwd.txt', 'passwd.txt'],
    ['takes the last part of a Windows path', 'C:\\Users\\me\\work.psd', 'work.psd'],
    ['drops control characters and line breaks', 'a\r\nSet-Cookie: x\0.png', 'aSet-Cookie: x.png'],
    ['drops marks that turn text round', 'photo\u202egpj.exe', 'photogpj.exe'],
    ['drops line separators, and every mark that nobody sees', 'a\u2028b\u2029c\u061cd\u00ade.txt', 'abcde.txt'],
    ['composes what was typed in parts', 'e\u0301.txt', 'é.txt'],
    ['replaces half a character', 'a\ud800b', 'a\ufffdb'],
    ['names the nameless', '', 'file'],
    ['names what is only dots', '..', 'file'],
    ['names what ends in a slash', 'folder/', 'file'],
    ['names what is missing', undefined, 'file'],
    ['names what has no value', null, 'file'],
  ];
  for (const [what, given, expected] of cases) it(what, () => expect(cleanFileName(given)).to.equal(expected));

  it('cuts to 255 bytes between characters, and keeps the extension', () => {
    const name = cleanFileName(`${'鹤'.repeat(200)}.png`);
    expect(Buffer.byteLength(name)).to.be.within(253, 255);
    expect(name).to.match(/^鹤+\.png$/);
  });
});
