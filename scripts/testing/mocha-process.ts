// SPDX-License-Identifier: Apache-2.0
// One Mocha run in its own process, in the order of a seed: `mocha-process.ts <seed> <file>...`.
// Reports to its parent by message. A run that leaves something open does not end by itself: that is a failure.
import Mocha from 'mocha';
import { watchTimers } from './open-timers.ts';
import { TIMEOUT_MS } from './raise-timeouts.ts';
import { GUIDE_ITEM, type RunResult, type SuiteResult } from './result.ts';
import { shuffled } from './shuffle.ts';

/** Prisma's schema engine leaves timers of ten seconds that nobody can end; nothing else may stay open. */
const ENDS_WITHIN_MS = Number(process.env.TESTS_END_WITHIN_MS ?? 30_000);
const LONGEST_REASON = 300;
/** A suite whose tests build on one another says so at the end of its title. */
const IN_ORDER = /\(in order\)$/;

const openTimers = watchTimers();
const [seedText = '0', ...files] = process.argv.slice(2);
const seed = Number(seedText);
const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', timeout: TIMEOUT_MS, slow: 2_000, forbidOnly: true });
for (const file of shuffled(files, seed)) mocha.addFile(file);
await mocha.loadFilesAsync();
shuffle(mocha.suite);

const result: RunResult = { files: {}, failed: [] };
const runner = mocha.run(() => report(result));
runner.on('pass', (test) => {
  const own = resultOf(test);
  own.passed += 1;
  if (GUIDE_ITEM.test(test.fullTitle())) own.shown = [...(own.shown ?? []), test.fullTitle()];
});
runner.on('pending', (test) => resultOf(test).skipped.push(test.fullTitle()));
runner.on('fail', (test, error) => {
  const own = resultOf(test);
  own.failed.push(test.fullTitle());
  own.reasons = { ...own.reasons, [test.fullTitle()]: firstLine(error) };
});
let begun = 0;
runner.on('suite', (suite) => {
  if (suite.parent?.root) begun = Date.now();
});
// A file may have several suites, with those of others between them.
runner.on('suite end', ({ file = '', parent }) => {
  if (!file || !parent?.root) return;
  const own = resultOf({ file });
  own.fileSeconds = { [file]: (own.fileSeconds?.[file] ?? 0) + (Date.now() - begun) / 1000 };
});

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n', 1)[0]?.slice(0, LONGEST_REASON) ?? '';
}

function resultOf({ file = '' }: { file?: string | undefined }): SuiteResult {
  result.files[file] ??= { passed: 0, failed: [], skipped: [] };
  return result.files[file];
}

function shuffle(suite: Mocha.Suite): void {
  if (IN_ORDER.test(suite.title)) {
    skipAfterFailure(suite);
  } else {
    suite.tests = shuffled(suite.tests, seed);
    suite.suites = shuffled(suite.suites, seed);
  }
  for (const inner of suite.suites) shuffle(inner);
}

/** Mocha's own `bail` would leave this suite out when any suite before it failed. */
function skipAfterFailure(suite: Mocha.Suite): void {
  suite.beforeEach(function () {
    if (suite.tests.some((test) => test.isFailed())) this.skip();
  });
}

function report({ files, failed }: RunResult): void {
  process.exitCode = Object.values(files).some((own) => own.failed.length > 0) ? 1 : 0;
  // The timer itself keeps nothing alive: it fires only when something else does.
  setTimeout(() => {
    const open = process.getActiveResourcesInfo().join(', ');
    console.error([`the tests have ended, but left open: ${open}`, ...openTimers()].join('\n'));
    send({ files, failed: [...failed, `something was left open: ${open}`] });
    process.exit(1);
  }, ENDS_WITHIN_MS).unref();
  send({ files, failed });
}

function send(final: RunResult): void {
  process.send?.(final);
  // The channel to the parent would otherwise keep this process alive.
  process.channel?.unref();
}
