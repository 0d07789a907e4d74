// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { type CoverageMap, coverageOf, testsCovering } from './coverage-map.ts';
import { type Fault, parseList, readFaults } from './fault.ts';
import { Nearness } from './nearness.ts';
import { readNoticedBy, writeNoticedBy } from './noticed-by.ts';
import { reportOf } from './report.ts';
import { openResults, stateOfFiles } from './results.ts';
import { tryFar, tryLong, tryNear } from './trial.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A package with a function that is tested, and one whose test looks at nothing. */
const PROJECT = {
  'package.json': '{ "type": "module" }',
  'web/src/sum.ts': 'export function sum(a: number, b: number): number {\n  return a + b;\n}\n',
  'web/src/half.ts': 'export function half(a: number): number {\n  return a / 2;\n}\n',
  'web/src/sum.test.ts':
    "import { sum } from './sum.ts';\nit('adds', () => { if (sum(1, 2) !== 3) throw new Error('wrong'); });\n",
  'web/src/far/pages.test.ts':
    "import { half } from '../half.ts';\nit('halves four', () => { if (half(4) !== 2) throw new Error('wrong'); });\n",
  'web/src/half.test.ts': "import { half } from './half.ts';\nimport './sum.ts';\nit('halves', () => { half(2); });\n",
};
const LIST = `# Two faults.

logic web/src/sum.ts
The sum is a difference.
-   return a + b;
+   return a - b;

boundary web/src/half.ts
The half is a third.
- a / 2
+ a / 3
`;
const [DIFFERENCE, THIRD] = parseList('web', LIST) as [Fault, Fault];

function makeProject(): string {
  const root = temporaryFolder();
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
  for (const [file, text] of Object.entries(PROJECT)) {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

describe('lists of faults', () => {
  it('have at least 150 faults, each listed once, and no file with many', () => {
    const faults = readFaults(ROOT).filter(({ list }) => list !== 'core');
    const perFile = Map.groupBy(faults, ({ file }) => file);
    expect(new Set(faults.map(({ id }) => id)).size).to.equal(faults.length);
    expect(faults.length).to.be.at.least(150);
    expect([...perFile].filter(([, { length }]) => length > 4)).to.deep.equal([]);
  });

  it('when a change has several lines, or none takes its place › are read as written', () => {
    const [fault] = parseList('a', 'keys a/b.ts\nOne.\n-   x;\n-   y;\n');
    expect(fault).to.include({ kind: 'keys', file: 'a/b.ts', sentence: 'One.', text: '  x;\n  y;', replacement: '' });
  });

  for (const entry of [
    'odd a.ts\nOne.\n- x\n+ y',
    'keys a.ts\nOne.',
    'keys a.ts\nOne.\n- x\n+ x',
    'keys a.ts\nOne.\n+ y',
  ])
    it(`when an entry is ${JSON.stringify(entry)} › refuse it`, () => {
      expect(() => parseList('a', entry)).to.throw(RangeError);
    });
});

describe('npm run faults', function () {
  this.timeout(60_000);
  let root: string;
  let cacheFolder: string;
  let map: CoverageMap;
  const tests = ['web/src/half.test.ts', 'web/src/sum.test.ts'];
  const collect = async (print: (line: string) => void = () => {}) => {
    const found: CoverageMap = new Map();
    for (const test of tests) {
      const record = await coverageOf({ root, cacheFolder, test, env: {}, print });
      if (record) found.set(test, record);
    }
    return found;
  };
  const parts = () => ({
    root,
    testsOf: () => tests,
    nearness: new Nearness([]),
    noticedBy: new Map<string, string>(),
    passing: new Set<string>(),
    failing: new Set<string>(),
    env: {},
  });

  before(async () => {
    root = makeProject();
    cacheFolder = temporaryFolder();
    map = await collect();
  });

  it('when a test runs the changed line › chooses it, and not one that only loads the file', () => {
    expect(testsCovering(map, root, DIFFERENCE)).to.deep.equal(['web/src/sum.test.ts']);
    expect(testsCovering(map, root, THIRD)).to.deep.equal(['web/src/half.test.ts']);
  });

  it('when coverage is known › does not collect it again', async () => {
    const printed: string[] = [];
    expect(await collect((line) => printed.push(line))).to.deep.equal(map);
    expect(printed).to.deep.equal([]);
  });

  it('when a test beside it fails › the fault is caught, and the file as before', async () => {
    const { verdict, by, test } = await tryNear(parts(), DIFFERENCE);
    expect({ verdict, by, test }).to.deep.equal({
      verdict: 'caught',
      by: 'web/src/sum.test.ts: adds',
      test: 'web/src/sum.test.ts',
    });
    expect(readFileSync(path.join(root, DIFFERENCE.file), 'utf8')).to.equal(PROJECT['web/src/sum.ts']);
  });

  it('when the tests beside it pass › runs those elsewhere', async () => {
    const withFar = { ...parts(), testsOf: () => [...tests, 'web/src/far/pages.test.ts'] };
    expect(await tryNear(withFar, THIRD)).to.include({ verdict: 'survived' });
    expect(await tryFar(withFar, map, THIRD)).to.include({ verdict: 'caught', test: 'web/src/far/pages.test.ts' });
  });

  it('when a test beside it takes long › runs it after the others', async () => {
    const long = 'web/src/half.long.test.ts';
    writeFileSync(path.join(root, long), PROJECT['web/src/far/pages.test.ts'].replace('../half', './half'));
    const withLong = { ...parts(), testsOf: () => [...tests, long] };
    expect(await tryNear(withLong, THIRD)).to.include({ verdict: 'survived' });
    expect(await tryFar(withLong, map, THIRD)).to.include({ verdict: 'survived' });
    expect(await tryLong(withLong, map, THIRD)).to.include({ verdict: 'caught', test: long });
  });

  it('when a test elsewhere noticed it before › tries that first', async () => {
    const far = 'web/src/far/pages.test.ts';
    const known = { ...parts(), noticedBy: new Map([[THIRD.id, far]]) };
    expect(await tryNear(known, THIRD)).to.include({ verdict: 'caught', test: far });
  });

  it('when the test that noticed it before no longer does › runs those beside it', async () => {
    const known = { ...parts(), noticedBy: new Map([[DIFFERENCE.id, 'web/src/far/pages.test.ts']]) };
    expect(await tryNear(known, DIFFERENCE)).to.include({ verdict: 'caught', test: 'web/src/sum.test.ts' });
  });

  it('keeps which test noticed a fault, until the test or the fault is gone', () => {
    const site = makeProject();
    mkdirSync(path.join(site, 'scripts/faults'), { recursive: true });
    const found = new Map([
      [DIFFERENCE.id, 'web/src/sum.test.ts'],
      [THIRD.id, 'web/src/half.test.ts'],
    ]);
    writeNoticedBy(site, [DIFFERENCE, THIRD], (id) => found.get(id));
    writeNoticedBy(site, [DIFFERENCE, THIRD], () => undefined);
    expect([...readNoticedBy(site)]).to.deep.equal([...found]);
    rmSync(path.join(site, 'web/src/sum.test.ts'));
    expect([...readNoticedBy(site).keys()]).to.deep.equal([THIRD.id]);
    writeNoticedBy(site, [DIFFERENCE], () => undefined);
    expect(readNoticedBy(site).size).to.equal(0);
  });

  it('when no test elsewhere fails either › the fault survives', async () => {
    expect(await tryFar(parts(), map, THIRD)).to.include({ verdict: 'survived', by: '' });
  });

  it('when a test fails without the fault too › it catches nothing', async () => {
    const failing = 'web/src/failing.test.ts';
    writeFileSync(path.join(root, failing), "it('fails', () => { throw new Error('always'); });\n");
    const { verdict } = await tryNear({ ...parts(), testsOf: () => [...tests, failing] }, THIRD);
    expect(verdict).to.equal('survived');
  });

  it('when no test can run, with the fault or without › decides nothing', async () => {
    const broken = 'web/src/broken.test.ts';
    writeFileSync(path.join(root, broken), 'process.exit(1);\n');
    expect(await tryNear({ ...parts(), testsOf: () => [broken] }, THIRD)).to.include({ verdict: 'undecided' });
  });

  it('when no coverage says what a test runs › the one with the fewest imports to the file comes first', () => {
    const nearness = new Nearness([
      { path: 'web/src/sum.ts', text: '' },
      { path: 'web/src/page.ts', text: "import { sum } from './sum.ts';" },
      { path: 'web/src/far.test.ts', text: "import { page } from './page.ts';" },
      { path: 'web/src/near.test.ts', text: "await load<M>('sum.ts')" },
      { path: 'test/e2e/desk.test.ts', text: '' },
      { path: 'test/e2e/sum.test.ts', text: '' },
    ]);
    const tests = ['test/e2e/desk.test.ts', 'test/e2e/sum.test.ts', 'web/src/far.test.ts', 'web/src/near.test.ts'];
    expect(nearness.sort(tests, 'web/src/sum.ts')).to.deep.equal(tests.toReversed());
  });

  it('when it was stopped › continues with the results of the same sources', () => {
    const file = path.join(temporaryFolder(), 'results.jsonl');
    const one = () => 'one';
    openResults(file, one).add({ fault: DIFFERENCE.id, verdict: 'caught', by: 'a test', seconds: 1 });
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"state":"one","fau`);
    openResults(file, one).add({ fault: 'other', verdict: 'survived', by: '', seconds: 1 });
    expect(openResults(file, one).of('other')).to.include({ verdict: 'survived' });
    expect(openResults(file, one).of(DIFFERENCE.id)).to.include({ verdict: 'caught', by: 'a test' });
    expect(openResults(file, one).of(THIRD.id)).to.equal(undefined);
    expect(openResults(file, () => 'two').of(DIFFERENCE.id)).to.equal(undefined);
  });

  it('when the test that noticed a fault changes › tries the fault again', () => {
    const files = [DIFFERENCE.file, 'web/src/sum.test.ts'];
    const before = stateOfFiles(root, files);
    expect(stateOfFiles(root, files)).to.equal(before);
    writeFileSync(path.join(root, 'web/src/sum.test.ts'), `// Changed.\n${PROJECT['web/src/sum.test.ts']}`);
    expect(stateOfFiles(root, files)).not.to.equal(before);
    writeFileSync(path.join(root, 'web/src/sum.test.ts'), PROJECT['web/src/sum.test.ts']);
  });

  it('reports caught of tried by kind and package, and names survivors', () => {
    const result = { state: 'one', by: '', seconds: 1 };
    const report = reportOf([
      { fault: DIFFERENCE, result: { ...result, fault: DIFFERENCE.id, verdict: 'caught' } },
      { fault: THIRD, result: { ...result, fault: THIRD.id, verdict: 'survived' } },
      { fault: { ...THIRD, kind: 'keys' }, result: undefined },
    ]);
    expect(report).to.match(/^logic +1 of 1 +1 of 1$/m);
    expect(report).to.match(/^boundary +0 of 1 +0 of 1$/m);
    expect(report).to.include('boundary  web/src/half.ts: The half is a third.');
    expect(report).to.include('1 of 2 faults caught (50.0 %); 1 not tried yet');
  });
});
