// SPDX-License-Identifier: Apache-2.0

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { temporaryFolder } from '../../test/support/temporary.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const IMPORTS = 'lint/style/noRestrictedImports';
const CIRCLES = 'lint/suspicious/noImportCycles';
const GLOBALS = 'lint/style/noRestrictedGlobals';
const ENVIRONMENT = 'lint/style/noProcessEnv';
const FILE_LINES = 'lint/style/noExcessiveLinesPerFile';
const FUNCTION_LINES = 'lint/complexity/noExcessiveLinesPerFunction';
const FOCUSED = 'lint/suspicious/noFocusedTests';
const SKIPPED = 'lint/suspicious/noSkippedTests';

const importing = (specifier: string) => `import { x } from '${specifier}';\nuse(x);\n`;
const longFunction = `function f() {\n${'  use();\n'.repeat(61)}}\nf();\n`;

/** A file that must not be, and the rule that it breaks. */
const FORBIDDEN: [file: string, text: string, rule: string][] = [
  ['verifier/src/part.ts', importing('../../ledger-service/src/x.ts'), IMPORTS],
  ['verifier/src/contract.ts', importing('@inkseal/contracts/build-artifact.ts'), IMPORTS],
  ['verifier/src/part.test.ts', importing('../../ledger-service/src/x.ts'), IMPORTS],
  ['service-kit/src/part.ts', importing('@inkseal/verifier'), IMPORTS],
  ['contracts/part.ts', importing('../verifier/src/x.ts'), IMPORTS],
  ['ledger-service/src/intake/support.ts', "import '../../../test/support/x.ts';\n", IMPORTS],
  ['ledger-service/src/intake/portal.ts', importing('@inkseal/portal-api'), IMPORTS],
  ['ledger-service/src/intake/contract.ts', importing('@inkseal/contracts/build-artifact.ts'), IMPORTS],
  ['ledger-service/src/intake/beside.ts', importing('../batching/b.ts'), IMPORTS],
  ['ledger-service/src/intake/bypass.ts', importing('../../../verifier/src/index.ts'), IMPORTS],
  ['ledger-service/src/inner.ts', importing('./batching/b.ts'), IMPORTS],
  ['ledger-service/src/intake/a.test.ts', importing('../../../portal-api/src/x.ts'), IMPORTS],
  ['portal-api/src/works/dynamic.ts', "use(await import('@inkseal/ledger-service'));\n", IMPORTS],
  ['portal-api/src/works/contract.ts', importing('@inkseal/contracts'), IMPORTS],
  ['portal-api/src/works/again.ts', "export { x } from '../uploads/store.ts';\n", IMPORTS],
  ['portal-api/src/works/deep/type.ts', "import type { X } from '../../uploads/x.ts';\nuse<X>();\n", IMPORTS],
  ['portal-api/src/inner.ts', importing('./works/works.ts'), IMPORTS],
  ['portal-api/src/works/a.test.ts', importing('../../../ledger-service/src/x.ts'), IMPORTS],
  ['web/src/site/part.tsx', importing('../../../portal-api/src/x.ts'), IMPORTS],
  ['web/src/site/package.tsx', importing('@inkseal/portal-api'), IMPORTS],
  ['web/src/site/bypass.ts', importing('../../../verifier/src/x.ts'), IMPORTS],
  ['web/src/site/a.test.ts', importing('@inkseal/service-kit'), IMPORTS],
  ['web/src/ui/page.ts', importing('../kit/field.tsx'), IMPORTS],
  ['web/src/orders/page.ts', importing('../member/works/i18n.ts'), IMPORTS],
  ['web/src/lookup/views/frame.ts', importing('../../site/frame.tsx'), IMPORTS],
  ['web/src/staff/deep/shared.ts', importing('../../member/works/i18n.ts'), IMPORTS],
  ['web/src/member/works/desk.ts', importing('../../staff/wait.ts'), IMPORTS],
  ['scripts/pages.ts', importing('../web/src/x.ts'), IMPORTS],
  ...['http', 'db', 'chain', 'queue'].flatMap((folder): [string, string, string][] => [
    [`ledger-service/src/${folder}/domain.ts`, importing('../intake/index.ts'), IMPORTS],
    [`ledger-service/src/${folder}/root.ts`, importing('../pipeline.ts'), IMPORTS],
  ]),
  ...['http', 'db', 'queue', 'ledger', 'crypto', 'storage', 'fonts'].map((folder): [string, string, string] => [
    `portal-api/src/${folder}/domain.ts`,
    importing('../works/index.ts'),
    IMPORTS,
  ]),
  ['verifier/src/built-in.ts', importing('node:fs'), 'lint/correctness/noNodejsModules'],
  ['verifier/src/network.ts', "await fetch('/');\n", GLOBALS],
  ['verifier/src/machine.ts', 'use(process.argv);\n', GLOBALS],
  ['verifier/src/bytes.ts', 'use(Buffer.alloc(1));\n', GLOBALS],
  ['verifier/src/socket.ts', "use(new WebSocket('/'));\n", GLOBALS],
  ['ledger-service/src/intake/setting.ts', 'use(process.env.X);\n', ENVIRONMENT],
  ['portal-api/src/setting.ts', 'use(process.env.X);\n', ENVIRONMENT],
  ['service-kit/src/db/setting.ts', 'use(process.env.X);\n', ENVIRONMENT],
  ['verifier/src/circle.ts', "import type { B } from './back.ts';\nexport type A = B;\n", CIRCLES],
  ['verifier/src/back.ts', "import type { A } from './circle.ts';\nexport type B = A;\n", CIRCLES],
  ['web/src/long.ts', 'use();\n'.repeat(300), FILE_LINES],
  ['web/src/long.test.ts', 'use();\n'.repeat(300), FILE_LINES],
  ['web/src/long-function.ts', longFunction, FUNCTION_LINES],
  ['web/src/needless.ts', `// biome-ignore ${FILE_LINES}: it is short\nuse();\n`, 'suppressions/unused'],
  ['test/focused-suite.test.ts', "describe.only('a', () => use());\n", FOCUSED],
  ['test/focused.test.ts', "it.only('a', () => use());\n", FOCUSED],
  ['test/skipped.test.ts', "it.skip('a', () => use());\n", SKIPPED],
  ['test/skipped-suite.test.ts', "describe.skip('a', () => use());\n", SKIPPED],
  ['test/x.test.ts', "xit('a', () => use());\n", SKIPPED],
  ['test/x-suite.test.ts', "xdescribe('a', () => use());\n", SKIPPED],
];

/** A file that looks like one of them and is allowed. */
const ALLOWED: [file: string, text: string][] = [
  ['verifier/src/fine.ts', importing('./errors.ts')],
  ['verifier/cli/fine.ts', "import { readFile } from 'node:fs';\nuse(readFile, await fetch('/'), process.env.X);\n"],
  ['verifier/src/fine.test.ts', importing('../../test/support/x.ts')],
  ['ledger-service/src/intake/fine.ts', importing('../batching/index.ts')],
  ['ledger-service/src/intake/kit.ts', importing('@inkseal/service-kit')],
  ['ledger-service/src/intake/fine.test.ts', importing('../../../test/support/x.ts')],
  ['ledger-service/src/chain/fine.ts', importing('../errors.ts') + importing('../db/pool.ts').replaceAll('x', 'y')],
  ['ledger-service/src/config.ts', 'use(process.env.X);\n'],
  ['portal-api/src/works/deep/fine.ts', importing('../../http/endpoint.ts')],
  ['portal-api/src/works/deep/errors.ts', importing('../../errors.ts')],
  ['portal-api/src/works/fine.ts', importing('./deep/fine.ts')],
  ['portal-api/src/queue/fine.ts', importing('../db/database.ts')],
  ['web/src/site/fine.ts', importing('@inkseal/verifier/containers')],
  ['web/src/fit.ts', "function fit(a: string) {\n  use(a);\n}\nfit('a');\n"],
  ['web/src/list.ts', `// biome-ignore ${FILE_LINES}: a list\n${'use();\n'.repeat(300)}`],
  ['web/src/not-long.ts', 'use();\n'.repeat(299)],
  ['web/src/long-suite.test.ts', longFunction],
  ['scripts/fine.ts', importing('../portal-api/src/x.ts')],
];

describe('biome.jsonc', () => {
  let found: Map<string, string[]>;

  before(async () => {
    const root = temporaryFolder();
    cpSync(path.join(ROOT, 'biome.jsonc'), path.join(root, 'biome.jsonc'));
    for (const [file, text] of [...FORBIDDEN, ...ALLOWED]) {
      mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(root, file), `${text}declare const use: (...values: unknown[]) => void;\n`);
    }
    found = await lint(root);
  });

  for (const [file, , rule] of FORBIDDEN) {
    it(`${rule} › when ${file} breaks it › says so`, () => {
      expect(found.get(file)).to.include(rule);
    });
  }

  for (const [file] of ALLOWED) {
    it(`when ${file} keeps every rule › says nothing`, () => {
      expect(found.get(file) ?? []).to.deep.equal([]);
    });
  }
});

const reportSchema = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});

/** The rules that are broken in each file; `npm run check` fails on warnings too. */
async function lint(root: string): Promise<Map<string, string[]>> {
  const biome = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const options = ['--reporter=json', '--max-diagnostics=none', '--diagnostic-level=warn', '--vcs-enabled=false'];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [biome, 'lint', ...options, '.'], { cwd: root }, (_, stdout) => resolve(stdout));
  });
  const broken = new Map<string, string[]>();
  for (const { category, location } of reportSchema.parse(JSON.parse(output)).diagnostics)
    broken.set(location.path, [...(broken.get(location.path) ?? []), category]);
  return broken;
}
