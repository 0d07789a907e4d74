// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { runNode } from '../../test/support/processes.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';

const DEMO = path.resolve(import.meta.dirname, '../demo.ts');

describe('demo', () => {
  it('on a data folder where no system was started › says in one line what to do', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'work.txt');
    writeFileSync(file, 'a work');
    const demo = runNode(DEMO, ['--file', file], { env: { INKSEAL_DATA: path.join(folder, 'none') } });
    await demo.prints(/no system was started on .*: run "npm start" first, with the same INKSEAL_DATA\n/);
    expect(demo.output().trim().split('\n')).to.have.length(1);
    await demo.kill();
  });
});
