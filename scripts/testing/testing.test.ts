// SPDX-License-Identifier: Apache-2.0

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { allGone, identify } from '../../test/support/processes.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { endLeftovers, leftoversOf } from './leftovers.ts';
import { NOTHING, type SuiteResult, sum, summary, withoutSkips } from './result.ts';
import { shuffled } from './shuffle.ts';
import { suites } from './suites.ts';

describe('shuffled', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);

  it('keeps every item', () => {
    expect(shuffled(items, 7).sort((a, b) => a - b)).to.deep.equal(items);
  });

  it('gives the same order for the same seed, another for another', () => {
    expect(shuffled(items, 7)).to.deep.equal(shuffled(items, 7));
    expect(shuffled(items, 7)).to.not.deep.equal(shuffled(items, 8));
    expect(shuffled(items, 7)).to.not.deep.equal(items);
  });
});

describe('summary', () => {
  it('when CI skips a test › counts it as failed, unless it needs a QBFT engine', () => {
    const skipped = ['stores › on Kubo (skipped: no Kubo)', 'anchors (skipped: no QBFT engine)'];
    expect(withoutSkips({ passed: 1, failed: ['a'], skipped })).to.deep.equal({
      passed: 1,
      failed: ['a', `skipped in CI: ${skipped[0]}`],
      skipped: [skipped[1]],
    });
  });

  it('names skipped tests only when there are any', () => {
    const some: SuiteResult = { passed: 2, failed: ['a'], skipped: ['b', 'c'] };
    expect(summary(some)).to.equal('2 passed, 1 failed, 2 skipped');
    expect(summary(NOTHING)).to.equal('0 passed, 0 failed');
    expect(summary(sum([some, some, NOTHING]))).to.equal('4 passed, 2 failed, 4 skipped');
  });
});

describe('leftovers', () => {
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  it('finds a process by its environment and ends it', async () => {
    const folder = temporaryFolder();
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await once(child, 'spawn');
    const identity = identify(child.pid ?? 0);
    expect(leftoversOf(folder).map(({ pid }) => pid)).to.deep.equal([child.pid]);
    endLeftovers(leftoversOf(folder));
    await allGone([identity]);
    expect(leftoversOf(folder)).to.deep.equal([]);
  });
});

describe('a Mocha suite', function () {
  this.timeout(60_000);

  async function run(text?: string): Promise<SuiteResult> {
    return sum(await runParts(text));
  }

  async function runParts(text?: string, env = process.env) {
    const root = temporaryFolder();
    mkdirSync(path.join(root, 'scripts'));
    if (text !== undefined) writeFileSync(path.join(root, 'scripts', 'planted.test.ts'), text);
    const suite = suites.find(({ name }) => name === 'scripts');
    const parts = suite?.parts({ root, seed: 1, env, only: [], isLong: false, print: () => {} }) ?? [];
    return await Promise.all(parts.map((part) => part()));
  }

  it('when a test fails and one is skipped › names both, and says why the first failed', async () => {
    const text = `it('holds', () => {}); it('breaks', () => { throw new Error('planted'); }); it('waits');`;
    expect(await run(text)).to.deep.equal({
      passed: 1,
      failed: ['breaks'],
      skipped: ['waits'],
      reasons: { breaks: 'planted' },
    });
  });

  it('when a file sets a short time-out › gives its tests and hooks as much time as all others', async () => {
    const takeTime = 'const until = Date.now() + 20; while (Date.now() < until);';
    const { passed, failed } = await run(`
      beforeEach(function () { this.timeout(1); ${takeTime} });
      it('sets its own', function () { this.timeout(1); ${takeTime} });
      describe('when its suite sets it', function () { this.timeout(1); it('holds', () => { ${takeTime} }); });`);
    expect({ passed, failed }).to.deep.equal({ passed: 2, failed: [] });
  });

  it('when its tests build on one another › skips the rest after a failure of its own, not of another suite', async () => {
    const { passed, failed, skipped } = await run(`
      describe('first (in order)', () => {
        it('breaks', () => { throw new Error('planted'); }); it('builds on it', () => {}); });
      describe('second (in order)', () => { it('holds', () => {}); });`);
    expect({ passed, failed, skipped }).to.deep.equal({
      passed: 1,
      failed: ['first (in order) breaks'],
      skipped: ['first (in order) builds on it'],
    });
  });

  it('when a test fails only at first › fails, and passes when its file is run again', async () => {
    const tries = path.join(temporaryFolder(), 'tries');
    const [part] = await runParts(`
      import { appendFileSync, readFileSync } from 'node:fs';
      it('holds', () => {});
      it('fails at first', () => {
        appendFileSync(${JSON.stringify(tries)}, 'x');
        if (readFileSync(${JSON.stringify(tries)}, 'utf8') === 'x') throw new Error('planted');
      });`);
    expect(part).to.deep.include({ passed: 1, failed: ['fails at first'] });
    expect(await part?.again?.()).to.deep.equal({ passed: 2, failed: [], skipped: [] });
  });

  it('when a test that fails leaves something open, only at first › passes when its file is run again', async () => {
    const tries = path.join(temporaryFolder(), 'tries');
    const text = `
      import { appendFileSync, readFileSync } from 'node:fs';
      import { createServer } from 'node:net';
      it('fails at first', () => {
        appendFileSync(${JSON.stringify(tries)}, 'x');
        if (readFileSync(${JSON.stringify(tries)}, 'utf8') !== 'x') return;
        createServer().listen(0);
        throw new Error('planted');
      });`;
    const [part] = await runParts(text, { ...process.env, TESTS_END_WITHIN_MS: '100' });
    expect(part?.failed).to.have.length(2);
    expect(await part?.again?.()).to.deep.equal({ passed: 1, failed: [], skipped: [] });
  });

  it('when a test fails each time › fails again, and nothing is counted twice', async () => {
    const [part] = await runParts(`it('holds', () => {}); it('breaks', () => { throw new Error('planted'); });`);
    expect(await part?.again?.()).to.deep.include({ passed: 1, failed: ['breaks'], skipped: [] });
  });

  it('when no test fails › runs nothing again', async () => {
    const [part] = await runParts(`it('holds', () => {});`);
    expect(part?.again).to.equal(undefined);
  });

  it('when its process dies › fails', async () => {
    const { failed } = await run(`it('holds', () => {}); it('dies', () => process.exit(0));`);
    expect(failed).to.have.length(1);
  });

  it('when its process dies after its last test › fails, and counts what passed', async () => {
    const dies = "after(() => process.once('exit', () => { process.exitCode = 7; }));";
    const { passed, failed } = await run(`it('holds', () => {}); ${dies}`);
    expect(passed).to.equal(1);
    expect(failed).to.deep.equal(['the test process ended early, with exit code 7']);
  });

  it('when a file cannot be loaded › fails', async () => {
    const { failed } = await run(`throw new Error('planted');`);
    expect(failed).to.have.length(1);
  });

  it('when there is no file › counts nothing', async () => {
    expect(await run()).to.deep.equal(NOTHING);
  });
});
