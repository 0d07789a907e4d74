// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { csvOf } from './csv.ts';

const cellsOf = (...cells: string[]) => csvOf([cells]).slice(1, -2);

describe('a table as CSV', () => {
  it('when a cell holds quotes, commas or line breaks › is one cell still', () => {
    expect(cellsOf('他说“好”', 'a,b', 'c"d', 'e\nf')).to.equal('"他说“好”","a,b","c""d","e\nf"');
  });

  it('when a title is a formula › is text to a spreadsheet', () => {
    for (const title of ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1', '\r=1'])
      expect(cellsOf(title), JSON.stringify(title)).to.match(/^"'/);
    for (const title of ['鹤华', '1=1', 'a-b', '']) expect(cellsOf(title)).to.equal(`"${title}"`);
  });

  it('when a number has more digits than a spreadsheet keeps › is text', () => {
    expect(cellsOf('1795860258603019053')).to.equal('"\t1795860258603019053"');
    expect(cellsOf('20261129')).to.equal('"20261129"');
  });

  it('begins with the mark by which Excel knows the encoding, and ends its lines as the standard says', () => {
    expect(csvOf([['作品'], ['鹤']])).to.equal('\ufeff"作品"\r\n"鹤"\r\n');
    expect(csvOf([])).to.equal('\ufeff');
  });
});
