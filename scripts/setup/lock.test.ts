// SPDX-License-Identifier: Apache-2.0

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { runProgram } from '../../test/support/processes.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { identify, isAlive, tryLock, withLock } from './lock.mjs';

describe('lock', () => {
  const file = () => path.join(temporaryFolder(), 'lock');

  it('when a living process holds it › names that process', () => {
    const lock = file();
    expect(tryLock(lock)).to.equal(undefined);
    expect(tryLock(lock)).to.deep.equal(identify(process.pid));
  });

  it('when its holder is dead › is taken over', async () => {
    const lock = file();
    const child = runProgram(process.execPath, ['-e', 'require("net").createServer().listen(0)']);
    writeFileSync(lock, JSON.stringify(identify(child.pid)));
    expect(tryLock(lock)).to.include({ pid: child.pid });
    await child.kill();
    expect(tryLock(lock)).to.equal(undefined);
    expect(JSON.parse(readFileSync(lock, 'utf8'))).to.include({ pid: process.pid });
  });

  it('when the pid was given to another process › is taken over', () => {
    const lock = file();
    writeFileSync(lock, JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
    expect(tryLock(lock)).to.equal(undefined);
  });

  it('when it was torn › is taken over', () => {
    const lock = file();
    writeFileSync(lock, '{"pid":');
    expect(tryLock(lock)).to.equal(undefined);
  });

  it('when two wait › they work one after the other', async () => {
    const lock = file();
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ends`);
    };
    await Promise.all([withLock(lock, 'work', work('first')), withLock(lock, 'work', work('second'))]);
    expect(order).to.deep.equal(['first begins', 'first ends', 'second begins', 'second ends']);
    expect(existsSync(lock)).to.equal(false);
  });

  it('isAlive › when no such process runs › is false', () => {
    expect(isAlive({ pid: 2 ** 30, startedAt: '1' })).to.equal(false);
    expect(isAlive({ pid: process.pid, startedAt: '1' })).to.equal(false);
  });
});
