// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../test/support/eventually.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { launch, tail } from './child.ts';

const MAX_BYTES = 10_000;
/** Writes a line of about 200 bytes for each millisecond that has passed. */
const TALKER = `
  const said = 'x'.repeat(200);
  let n = 0;
  (function talk() {
    while (n < performance.now()) console.log('line', (n += 1), said);
    setImmediate(talk);
  })()`;

describe('the log of a child process', () => {
  it('when the child writes for long › is set aside in time, and continues with the next line', async () => {
    const logFile = path.join(temporaryFolder(), 'logs', 'talker.log');
    const child = await launch({
      name: 'talker',
      command: process.execPath,
      args: ['-e', TALKER],
      cwd: temporaryFolder(),
      logFile,
      logLimit: { maxBytes: MAX_BYTES, everyMs: 50 },
    });
    try {
      const lastLine = () => Number(/line (\d+) x+\n$/.exec(readFileSync(logFile, 'utf8'))?.[1] ?? 0);
      // About 400 KB by then: many times the limit.
      await eventually(() => lastLine() > 2_000);
      expect(existsSync(`${logFile}.1`)).to.equal(true);
      expect(statSync(logFile).size).to.be.below(20 * MAX_BYTES);
      expect(statSync(`${logFile}.1`).size).to.be.below(20 * MAX_BYTES);
      expect(readFileSync(logFile, 'utf8')).to.not.include('\0');
    } finally {
      await child.kill();
    }
  }).timeout(30_000);

  it('when a program ended early › its last lines are shown, indented', () => {
    const logFile = path.join(temporaryFolder(), 'short.log');
    writeFileSync(logFile, Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`).join(''));
    expect(tail(logFile, 3)).to.equal('    line 18\n    line 19\n    line 20');
    expect(tail(logFile).split('\n')).to.have.length(6);
    writeFileSync(logFile, 'only this\n');
    expect(tail(logFile)).to.equal('    only this');
    expect(tail(path.join(temporaryFolder(), 'none.log'))).to.equal('    (no log)');
  });
});
