// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { rulesOf } from './rules.ts';

const REASONS = 'docs/dependencies.md gives a reason for every dependency, and for no other';
const METRICS = 'docs/metrics.md describes every metric, and no other';
const TABLES = 'the READMEs list what each folder imports';
const TABLE = '| folder | may import |\n| --- | --- |\n';
const RAW_SQL = 'raw SQL is in *.sql.ts, with a reason and a schema for each statement, and rare';
const COMMANDS = 'every command that checks a proof says how old its status may be';
const LENGTH = 'no Solidity or Python file over 300 lines';
const FAULTS = 'the text of every fault to plant occurs exactly once in its file';
const SEAL = 'only validators seal: batches are closed, bytes encrypted, certificates stamped';
const RECEIPT =
  'a receipt is the acceptance receipt: others are results, delivery reports, payment slips, document numbers';
const DOCUMENTS = 'commands and links of the documents lead somewhere';

/** A file at a path, as it must not be, and what the rule says of it. */
const PLANTED: [rule: string, files: Record<string, string>, fault: RegExp][] = [
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
  [COMMANDS, { 'docs/a.md': 'Run `npx --no inkseal-verify\nmine.pdf --trust <file>` now.' }, /docs\/a\.md:1/],
  [COMMANDS, { 'README.md': '    npx --no inkseal-verify a.pdf --file\n        b.png\n' }, /README\.md:1/],
  [COMMANDS, { 'portal-api/src/a.ts': "const zh = '（inkseal-verify <本PDF> --trust <信任文件>）';" }, /src\/a\.ts:1/],
  [COMMANDS, { 'portal-api/src/b.ts': `f(\`npx --no inkseal-verify \${number}.proof.json\`);` }, /src\/b\.ts:1/],
  [
    COMMANDS,
    { 'web/src/a.tsx': "const a = ['inkseal-verify a.pdf', 'inkseal-verify a.pdf --max-status-age 30d'];" },
    /src\/a\.tsx:1: “inkseal-verify a.pdf” /,
  ],
  [COMMANDS, { 'test/independent/README.md': 'python3 check.py bundle.proof.json' }, /README\.md:1/],
  [COMMANDS, { 'docs/f.md': '`inkseal-verify a.proof.json --file a.receipt.json`' }, /f\.md:1/],
  [COMMANDS, { 'docs/b.md': 'Run `npx --no inkseal-verify a.pdf --max-status-age 31d`.' }, /b\.md:1: .*not 31d/],
  [COMMANDS, { 'docs/c.md': '    inkseal-verify a.pdf --max-status-age=3650d\n' }, /c\.md:1: .*not 3650d/],
  [COMMANDS, { 'web/src/b.ts': "f('inkseal-verify a.pdf --max-status-age 30h');" }, /b\.ts:1: .*not 30h/],
  [COMMANDS, { 'docs/d.md': 'python3 check.py --max-status-age 30 a.proof.json' }, /d\.md:1: .*not 30/],
  [COMMANDS, { 'docs/e.md': '`inkseal-verify a.pdf --max-status-age 36500d`' }, /e\.md:1: .*not 36500d/],
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
  [
    'no fixed waits in tests',
    { 'verifier/src/a.test.ts': ['await new Promise((r) => set', 'Timeout(r, 9));'].join('') },
    /:1/,
  ],
  ['no fixed waits in tests', { 'contracts/test/support/a.ts': ['sle', 'ep(9);'].join('') }, /support\/a\.ts:1/],
  ['no fixed waits in tests', { 'test/independent/a.py': ['time.sle', 'ep(9)'].join('') }, /independent\/a\.py:1/],
  [LENGTH, { 'contracts/src/A.sol': '\n'.repeat(301) }, /A\.sol is too long/],
  ['types are imported by name', { 'verifier/src/a.ts': ["type B = import('./b", "').B;"].join('') }, /a\.ts:1/],
  ['types are imported by name', { 'web/src/a.ts': ['let b: typeof imp', "ort('./b');"].join('') }, /a\.ts:1/],
  [
    RAW_SQL,
    { 'ledger-service/src/a/a.store.ts': 'export const a = (db: X) => rowsOf(db, row, Prisma.sql`SELECT 1`);' },
    /a\.store\.ts: raw SQL outside/,
  ],
  [RAW_SQL, { 'service-kit/src/db/a.ts': "session.query('UPDATE a SET b = 1');" }, /db\/a\.ts: raw SQL outside/],
  [
    RAW_SQL,
    { 'ledger-service/src/a/a.sql.ts': "/** Reason: one. */\nf('SELECT 1');\nf('DELETE FROM a');" },
    /a\.sql\.ts: 2 raw statements, 1 of them/,
  ],
  [RAW_SQL, { 'ledger-service/src/a.ts': 'await pool.query<Row>(text);' }, /a\.ts: a query names the type/],
  [RAW_SQL, { 'ledger-service/src/a.ts': 'await tx.$queryRaw(text);' }, /a\.ts:1: .*use rowsOf/],
  [RAW_SQL, { 'ledger-service/src/a.ts': 'await prisma.$executeRawUnsafe(text);' }, /a\.ts:1: .*use rowsOf/],
  [RAW_SQL, { 'ledger-service/src/a.ts': 'await prisma.$transaction(work);' }, /a\.ts:1: .*database\.transaction/],
  [
    RAW_SQL,
    { 'ledger-service/src/a.sql.ts': "// Reason: each.\nf('SELECT 1');\n".repeat(46) },
    /ledger-service: 46 raw statements, at most 45/,
  ],
  [
    TABLES,
    { 'web/README.md': `${TABLE}| \`a\` | – |`, 'web/src/a/b.ts': "import '../c/d.ts';", 'web/src/c/d.ts': '' },
    /a imports c/,
  ],
  [TABLES, { 'web/README.md': `${TABLE}| \`a\` | \`c\` |`, 'web/src/a/b.ts': "import './d.ts';" }, /a may import c/],
  [
    TABLES,
    { 'web/README.md': `${TABLE}| \`a\` | – |\n| \`b\` | – |`, 'web/src/a/c.ts': "import './d.ts';" },
    /row for b, which/,
  ],
  [
    TABLES,
    { 'README.md': `${TABLE}| [web](web) | – |`, 'scripts/a.ts': "import './b.ts';", 'web/a.ts': "import './b.ts';" },
    /no row for scripts/,
  ],
  [
    TABLES,
    { 'README.md': `${TABLE}| [web](web) | – |`, 'web/a.ts': "import { b } from '@inkseal/verifier';" },
    /web imports verifier/,
  ],
  [
    FAULTS,
    {
      'scripts/faults/list/a.txt': 'shown web/src/a.ts\nIt says b.\n- a = 1\n+ a = 2\n',
      'web/src/a.ts': 'let a = 1;\na = 1;',
    },
    /list\/a\.txt: “It says b\.”: its text occurs 2 times in web\/src\/a\.ts/,
  ],
  [FAULTS, { 'scripts/faults/list/a.txt': 'shown web/src/a.ts\nIt says b.\n- a = 1\n+ a = 2\n' }, /occurs 0 times/],
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
  [SEAL, { 'ledger-service/src/a.ts': 'export const sealBatch = 1;' }, /src\/a\.ts:1/],
  [SEAL, { 'portal-api/src/a.ts': '/** Sealed as a whole. */' }, /src\/a\.ts:1/],
  [SEAL, { 'web/src/ui/a.css': '.seal {}' }, /a\.css:1/],
  [RECEIPT, { 'portal-api/src/a.ts': 'export const receiptNumber = 1;' }, /src\/a\.ts:1/],
  [REASONS, { 'package.json': JSON.stringify({ dependencies: { a: '1.0.0' } }) }, /a has no reason/],
  [REASONS, { 'docs/dependencies.md': '| `@types/*` | types |' }, /@types\/\* is not used/],
  [DOCUMENTS, { 'docs/a.md': 'Type `npm run nothing`.' }, /docs\/a\.md: npm run nothing/],
  [METRICS, { 'portal-api/src/http/metrics.ts': `new Gauge({ name: 'waiting' });` }, /waiting is not described/],
  [METRICS, { 'docs/metrics.md': '| `waiting` | gauge |' }, /waiting is not measured/],
  [DOCUMENTS, { 'docs/a.md': 'See [b](b.md#top).' }, /docs\/a\.md leads to b\.md/],
  [DOCUMENTS, { 'docs/a.md': '<img src="b.png" alt="">' }, /docs\/a\.md leads to b\.png/],
];

describe('check', () => {
  const ground = {
    'README.md': '',
    'docs/dependencies.md': '',
    'package.json': '{"type":"module"}',
    'package-lock.json': '{"packages":{}}',
    'scripts/toolchain/package.json': '{}',
    'scripts/toolchain/package-lock.json': '{"packages":{}}',
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
      'docs/dependencies.md': '| package | why |\n| --- | --- |\n| `@types/*`, `d` | types |\n',
    };
    expect(await faultsOf(REASONS, files)).to.deep.equal([]);
  });

  it('when seals are those of validators, and receipts the ledger’s promises › allows the words', async () => {
    const files = {
      'ledger-service/src/registry/a.ts': 'export const requireSealed = 1;',
      'portal-api/src/a.ts': '// Nobody seals the blocks of inkseal’s development chain.',
      'ledger-service/src/a.ts':
        "const receipt = 'acceptance-receipt'; // INKSEAL_DATA\nask('eth_getTransactionReceipt');",
    };
    expect(await faultsOf(SEAL, files)).to.deep.equal([]);
    expect(await faultsOf(RECEIPT, files)).to.deep.equal([]);
  });

  it(`${COMMANDS} › when a command has the recommended age, or is a list of options › allows it`, async () => {
    const files = {
      'docs/a.md': '`inkseal-verify a.pdf --max-status-age 30d`',
      'docs/b.md': '    inkseal-verify <proof> [--max-status-age <30d|12h>] [--json]\n',
      'docs/c.md': 'python3 check.py --max-status-age 2592000 a.proof.json',
      'docs/d.md': 'inkseal-verify <proof> [options]',
      'docs/e.md': '`inkseal-verify a.receipt.json --proof a.proof.json`',
      'verifier/packaging/README.md': '    inkseal-verify a.pdf --max-status-age 36500d\n',
    };
    expect(await faultsOf(COMMANDS, files)).to.deep.equal([]);
  });

  it('when a package has as many raw statements, or a file as many lines, as the limit › allows it', async () => {
    const most = "// Reason: each.\nf('SELECT 1');\n";
    expect(await faultsOf(RAW_SQL, { 'ledger-service/src/a.sql.ts': most.repeat(45) })).to.deep.equal([]);
    expect(await faultsOf(RAW_SQL, { 'portal-api/src/a.sql.ts': most.repeat(25) })).to.deep.equal([]);
    expect(await faultsOf(LENGTH, { 'contracts/src/A.sol': '\n'.repeat(300) })).to.deep.equal([]);
  });

  it(`${TABLES} › when every import is listed › allows it`, async () => {
    const files = {
      'README.md': `${TABLE}| [web](web) | \`verifier\` |\n| [scripts](scripts) | all |\n`,
      'web/src/a/b.ts': "import { c } from '@inkseal/verifier';\nimport '../c/d.ts';",
      'scripts/a.ts': "import '../web/src/a/b.ts';",
      'web/README.md': `${TABLE}| \`a\` | \`c\` |\n\n| other | table |\n`,
      'web/src/a/b.test.ts': "import '../e/f.ts';",
      'web/src/c/d.ts': '',
      'web/src/e/f.ts': '',
    };
    expect(await faultsOf(TABLES, files)).to.deep.equal([]);
  });
});
