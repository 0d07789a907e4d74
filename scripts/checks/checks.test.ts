// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { rulesOf } from './rules.ts';

const REASONS = 'README.md gives a reason for every dependency, and for no other';
const METRICS = 'docs/metrics.md describes every metric, and no other';
const DOCUMENTS = 'commands and links of the documents lead somewhere';

/** A file at a path, as it must not be, and what the rule says of it. */
const PLANTED: [rule: string, files: Record<string, string>, fault: RegExp][] = [
  [
    'import directions',
    { 'verifier/src/a.ts': `import { x } from '../../ledger-service/src/x.ts';`, 'ledger-service/src/x.ts': '' },
    /verifier\/src\/a\.ts imports/,
  ],
  [
    'import directions',
    { 'ledger-service/src/a.ts': `import '../../test/support/x.ts';`, 'test/support/x.ts': '' },
    /ledger-service\/src\/a\.ts imports/,
  ],
  [
    'import directions',
    { 'portal-api/src/a.ts': `const l = await import('@inkseal/ledger-service');`, 'ledger-service/src/index.ts': '' },
    /imports @inkseal\/ledger-service/,
  ],
  [
    'import directions',
    { 'web/src/a.tsx': `import { x } from '../../portal-api/src/x.ts';`, 'portal-api/src/x.ts': '' },
    /web\/src\/a\.tsx imports/,
  ],
  [
    'import directions',
    { 'web/src/a.tsx': `import { x } from '@inkseal/portal-api';`, 'portal-api/src/index.ts': '' },
    /imports @inkseal\/portal-api/,
  ],
  [
    'import directions',
    { 'verifier/src/a.ts': `import { x } from '@inkseal/contracts/build-artifact.ts';` },
    /imports @inkseal\/contracts\/build-artifact\.ts/,
  ],
  [
    'import directions',
    { 'service-kit/src/a.ts': `import { x } from '@inkseal/verifier';`, 'verifier/src/index.ts': '' },
    /service-kit\/src\/a\.ts imports @inkseal\/verifier/,
  ],
  [
    'nobody is sent to a package name that we do not own',
    { 'docs/a.md': 'Run `npx inkseal-verify mine.proof.json`.' },
    /docs\/a\.md:1/,
  ],
  [
    'nobody is sent to a package name that we do not own',
    { 'portal-api/src/a.ts': "export const text = 'npm install @inkseal/verifier';" },
    /portal-api\/src\/a\.ts:1/,
  ],
  [
    'public pages stay light',
    { 'web/src/site/main.tsx': `import './home.tsx';`, 'web/src/site/home.tsx': `import { Button } from 'antd';` },
    /home\.tsx imports antd/,
  ],
  [
    'public pages stay light',
    { 'web/src/offline/main.tsx': `import '../member/a.tsx';`, 'web/src/member/a.tsx': '' },
    /main\.tsx imports/,
  ],
  [
    'every sentence is there in Chinese and in English',
    {
      'web/src/a.zh.ts': 'export const aZh = { page: { title: "x", lead: "y" } };',
      'web/src/a.en.ts': 'export const aEn = { page: { title: "x" } };',
    },
    /a\.en\.ts has no page\.lead/,
  ],
  ['every sentence is there in Chinese and in English', { 'web/src/b.zh.ts': 'export const b = {};' }, /only one/],
  ['verifier/src imports no Node built-in', { 'verifier/src/a.ts': `import { readFile } from 'node:fs';` }, /node:fs/],
  [
    'verifier/src asks neither network nor machine',
    { 'verifier/src/a.ts': `const answer = await fetch(url);`, 'verifier/cli/a.ts': `await fetch(url);` },
    /src\/a\.ts:1/,
  ],
  [
    'another part is reached through its package',
    { 'web/src/a.ts': `import { x } from '../../verifier/src/x.ts';`, 'verifier/src/x.ts': '' },
    /web\/src\/a\.ts imports/,
  ],
  [
    'another domain is reached through its index.ts',
    { 'ledger-service/src/intake/a.ts': `import '../batching/b.ts';`, 'ledger-service/src/batching/b.ts': '' },
    /intake\/a\.ts imports/,
  ],
  [
    'no import cycle',
    {
      'verifier/src/a.ts': `export { b } from './b.ts';`,
      'verifier/src/b.ts': `import {\n  a,\n} from './c.ts';`,
      'verifier/src/c.ts': `import './a.ts';`,
    },
    /a\.ts -> .*b\.ts -> .*c\.ts -> .*a\.ts/,
  ],
  [
    'no fixed waits in tests',
    { 'verifier/src/a.test.ts': ['await new Promise((r) => set', 'Timeout(r, 9));'].join('') },
    /:1/,
  ],
  ['no fixed waits in tests', { 'contracts/test/support/a.ts': ['sle', 'ep(9);'].join('') }, /support\/a\.ts:1/],
  ['no fixed waits in tests', { 'test/independent/a.py': ['time.sle', 'ep(9)'].join('') }, /independent\/a\.py:1/],
  ['no test is focused or switched off', { 'test/a.test.ts': ['it.', 'only("x", f);'].join('') }, /a\.test\.ts:1/],
  ['process.env only in config.ts of a service', { 'ledger-service/src/a.ts': 'process.env.X' }, /src\/a\.ts:1/],
  ['no file over 300 lines', { 'verifier/src/a.ts': '\n'.repeat(301) }, /a\.ts is too long/],
  ['no package registry or machine path is named', { 'docs/a.md': `see ${'/'}home/me/clone` }, /docs\/a\.md:1/],
  [
    'the lock file serves every platform',
    { 'package-lock.json': JSON.stringify({ packages: { 'node_modules/a': { os: ['linux'] } } }) },
    /node_modules\/a binds/,
  ],
  [
    'the lock file serves every platform',
    {
      'package-lock.json': JSON.stringify({ packages: { 'node_modules/a': { optionalDependencies: { b: '1.0.0' } } } }),
    },
    /b, optional for node_modules\/a, has no entry/,
  ],
  [REASONS, { 'package.json': JSON.stringify({ dependencies: { a: '1.0.0' } }) }, /a has no reason/],
  [REASONS, { 'README.md': '## Dependencies and why\n| `@types/*` | types |' }, /@types\/\* is not used/],
  [DOCUMENTS, { 'docs/a.md': 'Type `npm run nothing`.' }, /docs\/a\.md: npm run nothing/],
  [METRICS, { 'portal-api/src/http/metrics.ts': `new Gauge({ name: 'waiting' });` }, /waiting is not described/],
  [METRICS, { 'docs/metrics.md': '| `waiting` | gauge |' }, /waiting is not measured/],
  [DOCUMENTS, { 'docs/a.md': 'See [b](b.md#top).' }, /docs\/a\.md leads to b\.md/],
];

describe('check', () => {
  const ground = {
    'README.md': '',
    'package.json': '{"type":"module"}',
    'package-lock.json': '{"packages":{}}',
    'scripts/toolchain/package.json': '{}',
    'scripts/toolchain/package-lock.json': '{"packages":{}}',
    'scripts/checks/long-files.json': '{}',
  };

  async function faultsOf(rule: string, files: Record<string, string>): Promise<string[]> {
    const root = temporaryFolder();
    for (const [file, text] of Object.entries({ ...ground, ...files })) {
      mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    const found = rulesOf(root).find(({ name }) => name === rule);
    if (!found) throw new Error(`no rule "${rule}"`);
    return found.run(root);
  }

  for (const [rule, files, fault] of PLANTED) {
    it(`${rule} › when ${Object.keys(files)[0]} breaks it › says so (${fault.source})`, async () => {
      expect(await faultsOf(rule, {})).to.deep.equal([]);
      const faults = await faultsOf(rule, files);
      expect(faults).to.have.length(1);
      expect(faults[0]).to.match(fault);
    });
  }

  it(`${REASONS} › when a family stands for its members › allows it`, async () => {
    const files = {
      'package.json': JSON.stringify({ workspaces: ['web'], devDependencies: { '@types/a': '1', '@inkseal/b': '1' } }),
      'web/package.json': JSON.stringify({ dependencies: { '@types/c': '1', d: '1' } }),
      'README.md': '## Dependencies and why\n\n| package | why |\n| --- | --- |\n| `@types/*`, `d` | types |\n',
    };
    expect(await faultsOf(REASONS, files)).to.deep.equal([]);
  });

  it('import directions › when a test imports test support › allows it', async () => {
    const files = { 'ledger-service/src/a.test.ts': `import '../../test/support/x.ts';`, 'test/support/x.ts': '' };
    expect(await faultsOf('import directions', files)).to.deep.equal([]);
  });

  it('no import cycle › when types alone go round › allows it', async () => {
    const files = { 'verifier/src/a.ts': `import type { B } from './b.ts';`, 'verifier/src/b.ts': `import './a.ts';` };
    expect(await faultsOf('no import cycle', files)).to.deep.equal([]);
  });
});
