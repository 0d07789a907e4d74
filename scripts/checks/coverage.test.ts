// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { coverageRows, coverageRule, unshown } from './coverage.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const document = readFileSync(path.join(ROOT, 'docs/coverage.md'), 'utf8');

describe('coverage of the guide', () => {
  /** What the rule finds in a copy of the document that was changed. */
  async function faultsOf(change: (text: string) => string): Promise<string[]> {
    const root = temporaryFolder();
    mkdirSync(path.join(root, 'docs'));
    writeFileSync(path.join(root, 'docs/coverage.md'), change(document));
    for (const { test } of coverageRows(document)) {
      if (!test) continue;
      const file = path.join(root, test.file);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, readFileSync(path.join(ROOT, test.file)));
    }
    return coverageRule.run(root);
  }

  it('when nothing was changed › holds', async () => {
    expect(await faultsOf((text) => text)).to.deep.equal([]);
  });

  it('when a row lacks, is there twice or names no test › says which', async () => {
    const row = /^\| G36 .*\n/m;
    expect(await faultsOf((text) => text.replace(row, ''))).to.deep.equal(['G36 has 0 rows']);
    expect(await faultsOf((text) => text.replace(row, '$&$&'))).to.deep.equal(['G36 has 2 rows']);
    const missing = await faultsOf((text) => text.replace(/^(\| G36 \| [^|]+\| )[^|]+\|$/m, '$1missing |'));
    expect(missing).to.have.length(1);
    expect(missing[0]).to.match(/items are missing, and scripts\/checks\/coverage.ts says/);
  });

  it('when the test or its file does not exist, or its title lacks the number › says which', async () => {
    const cell = /^(\| G36 \| [^|]+\| )([^|]+ › )([^|]+)\|$/m;
    const other = await faultsOf((text) => text.replace(cell, '$1test/e2e/guide.test.ts › G36 nothing |'));
    expect(other).to.deep.equal(['G36: test/e2e/guide.test.ts has no test “G36 nothing”']);
    const gone = await faultsOf((text) => text.replace(cell, '$1test/e2e/gone.test.ts › G36 nothing |'));
    expect(gone).to.deep.equal(['G36: there is no test file test/e2e/gone.test.ts']);
    const unnumbered = await faultsOf((text) => text.replace(cell, '$1test/e2e/guide.test.ts › G360 |'));
    expect(unnumbered).to.deep.equal(["G36: its test's title does not carry the number"]);
  });

  it('when a named test did not pass › says so after the run of the tests of its length', () => {
    const table =
      '| G5 | what | a.test.ts › G5 shows |\n| G6 | what | missing |\n| G7 | what | b.long.test.ts › G7 walks |\n';
    const faultsAfter = (isLong: boolean, ...passed: string[]) => unshown(coverageRows(table), { isLong, passed });
    expect(faultsAfter(false, 'suite G5 shows')).to.deep.equal([]);
    expect(faultsAfter(false, 'suite G5 shows more')).to.deep.equal(['G5: no test passed that ends in “G5 shows”']);
    expect(faultsAfter(true, 'suite G7 walks')).to.deep.equal([]);
    expect(faultsAfter(true, 'suite G5 shows')).to.deep.equal(['G7: no test passed that ends in “G7 walks”']);
  });
});
