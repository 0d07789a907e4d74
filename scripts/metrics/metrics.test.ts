// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { circlesOf } from './circles.ts';
import { exceptionFor } from './exceptions.ts';
import { type Figures, measurePackages } from './measure.ts';
import { printTable } from './table.ts';

const lines = (count: number, line = '// a line') => `${line}\n`.repeat(count);

describe('measurePackages', () => {
  function measure(files: Record<string, string>): Figures[] {
    const root = temporaryFolder();
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    return measurePackages(root);
  }

  function portal(text: string): Figures {
    const [figures] = measure({ 'portal-api/src/a.ts': text });
    if (!figures) throw new Error('the planted package was not measured');
    return figures;
  }

  it('when ten files of 1 to 10 lines are planted › gives median, 90th percentile and longest', () => {
    const files = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`web/src/${n}.ts`, lines(n + 1)]));
    const [web] = measure(files);
    expect(web?.code.files).to.deep.equal({ count: 10, median: 5, p90: 9, max: 10 });
  });

  it('when code is generated › leaves it out, and nothing else', () => {
    const [web] = measure({
      'web/src/a.tsx': lines(1),
      'web/src/a.mjs': lines(1),
      'web/src/api/portal.gen.ts': lines(1),
      'web/src/generated/b.ts': lines(1),
      'web/dist/c.mjs': lines(1),
    });
    expect(web?.code.files.count).to.equal(2);
  });

  it('when functions have names › measures them, and counts a callback only for the longest', () => {
    const named = 'function a() {\n  return 1;\n}\nconst b = () => {\n  return 2;\n};\nclass C {\n  d() {}\n}\n';
    const callback = `run(() => {\n${lines(70)}});\n`;
    const { functions } = portal(named + callback).code;
    expect(functions).to.deep.equal({ count: 3, median: 3, p90: 3, max: 72 });
  });

  it('when a function has only a type › does not count it', () => {
    expect(portal('declare function a(): void;\ninterface B { c(): void }\n').code.functions.count).to.equal(0);
  });

  it('counts each cast, but neither `as const` nor `satisfies`', () => {
    const casts = 'const a = b as unknown as C;\nconst d = <C>b;\n';
    const none = "const e = ['f'] as const;\nconst g = {} satisfies C;\nimport { h as i } from 'j';\n";
    expect(portal(casts + none + lines(95)).code.castsPerThousand).to.equal(30);
  });

  it('counts row types that nothing checks', () => {
    const text =
      'await db.query<Row>(a);\nawait query<{ b: string }>(c);\nawait tx.$queryRaw<Row[]>(d);\nawait db.query(e);\n' +
      'document.querySelector<HTMLElement>(f);\n';
    expect(portal(text).uncheckedRows).to.equal(3);
  });

  it('counts SQL statements once each, however they are written, and no English', () => {
    const nested = 'db.query(`\n  UPDATE a SET b = $' + "{c ? `DELETE FROM d` : ''}`);\n";
    const statements = "db.query('SELECT 1');\ntx.$queryRaw`WITH a AS (SELECT 1) SELECT b`;\ndb.query('COMMIT');\n";
    const sentences = "say('Select one');\nsay('SELECTED');\nsay('WITHOUT a word');\n// 'DELETE FROM a'\n";
    expect(portal(nested + statements + sentences).rawStatements).to.equal(4);
  });

  it('when statements stand in tests › does not count them', () => {
    const [figures] = measure({ 'portal-api/src/a.test.ts': "db.query('SELECT 1');\n" });
    expect(figures?.rawStatements).to.equal(0);
  });

  it('when files import one another › names the circle, types and packages included', () => {
    const [verifier] = measure({
      'verifier/src/a.ts': "import type { B } from './b.ts';\n",
      'verifier/src/b.ts': "export type B = import('./c.ts').C;\n",
      'verifier/src/c.ts': "const d = import('@inkseal/verifier');\n",
      'verifier/src/index.ts': "export { a } from './a.ts';\n",
      'verifier/src/apart.ts': "import './a.ts';\n",
    });
    const circle = ['verifier/src/a.ts', 'verifier/src/b.ts', 'verifier/src/c.ts', 'verifier/src/index.ts'];
    expect(verifier?.circles).to.deep.equal([circle]);
  });

  it('when tests lie beside the code or under test/ › counts them for the package that they test', () => {
    const figures = measure({
      'web/src/a.ts': lines(4),
      'web/src/a.test.ts': lines(2),
      'test/e2e/a.test.ts': lines(6),
      'contracts/src/A.sol': lines(10),
      'contracts/test/A.t.sol': lines(25),
      'test/support/postgres.ts': lines(9),
    });
    const ratios = figures.map((of) => [of.package, of.testsPerCode]);
    expect(ratios).to.deep.equal([
      ['contracts', 2.5],
      ['web', 2],
      ['test', undefined],
    ]);
  });
});

describe('circlesOf', () => {
  it('when two circles share no file › names both, and no file outside them', () => {
    const edges = { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['e'], e: ['c'], f: ['a'] };
    expect(circlesOf(new Map(Object.entries(edges)))).to.deep.equal([
      ['c', 'd', 'e'],
      ['a', 'b'],
    ]);
  });

  it('when a file imports itself › names it', () => {
    expect(circlesOf(new Map([['a', ['a']]]))).to.deep.equal([['a']]);
  });
});

describe('printTable', () => {
  const spread = { count: 1, median: 1, p90: 1, max: 1 };
  const side = { lines: 10, files: spread, functions: spread, castsPerThousand: 1.99 };
  const figures: Figures = {
    package: 'portal-api',
    code: { ...side, files: { ...spread, max: 300 } },
    tests: { ...side, castsPerThousand: 3 },
    uncheckedRows: 1,
    rawStatements: 25,
    circles: [],
    testsPerCode: 0.99,
  };
  const rowOf = (table: string, title: string) => table.split('\n').find((line) => line.startsWith(title));

  it('when a figure misses its limit › marks it, and no figure at its limit', () => {
    const table = printTable([figures]);
    expect(rowOf(table, 'unchecked row types')).to.match(/ 0 +1!$/);
    expect(rowOf(table, 'test : code')).to.match(/≥ 2, ≥ 1 +0\.99\*$/);
    expect(rowOf(table, 'raw SQL statements')).to.match(/≤ 25, ≤ 45 +25$/);
    expect(rowOf(table, 'casts per 1,000')).to.match(/< 2 +1\.99$/);
    expect(rowOf(table, '  max ')).to.match(/≤ 300 +300$/);
  });

  it('when a figure misses its limit within an exception › marks it so, with the reason; beyond it, as any other', () => {
    expect(printTable([figures])).to.include('* portal-api, test : code, up to 0.54: not reached; ');
    expect(rowOf(printTable([{ ...figures, testsPerCode: 0.5 }]), 'test : code')).to.match(/ 0\.5!$/);
    const longest = (max: number) => ({ ...figures, code: { ...side, functions: { ...spread, max } } });
    const { worst = 0 } = exceptionFor('  max, with callbacks', 'portal-api') ?? {};
    expect(rowOf(printTable([longest(worst)]), '  max, with callbacks')).to.match(new RegExp(` ${worst}\\*$`));
    expect(rowOf(printTable([longest(worst + 1)]), '  max, with callbacks')).to.match(new RegExp(` ${worst + 1}!$`));
  });

  it('when a package has no limit of its own › marks nothing', () => {
    const row = rowOf(printTable([{ ...figures, package: 'web', rawStatements: 99 }]), 'raw SQL statements');
    expect(row).to.match(/ 99$/);
  });
});
