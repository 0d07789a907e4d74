// SPDX-License-Identifier: Apache-2.0

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PLANTED = {
  'package.json': '{ "name": "planted", "workspaces": ["portal-api"] }',
  'portal-api/package.json': '{ "name": "portal" }',
  'portal-api/src/main.ts': "import { used } from './used.ts';\nused();\n",
  'portal-api/src/used.ts': 'export const used = () => 1;\n',
  'portal-api/src/tested.ts': 'export const tested = () => 2;\n',
  'portal-api/src/tested.test.ts': "import { tested } from './tested.ts';\ntested();\n",
  'portal-api/src/lonely.ts': 'export const lonely = 3;\n',
};

describe('knip.jsonc', () => {
  it('when a file is used by nothing › names it', async () => {
    expect(await unusedFiles()).to.deep.equal(['portal-api/src/lonely.ts']);
  });

  it('when a file is used by a test alone › names it for production', async () => {
    expect(await unusedFiles('--production')).to.deep.equal(['portal-api/src/lonely.ts', 'portal-api/src/tested.ts']);
  });
});

async function unusedFiles(...options: string[]): Promise<string[]> {
  const root = temporaryFolder();
  cpSync(path.join(ROOT, 'knip.jsonc'), path.join(root, 'knip.jsonc'));
  for (const [file, text] of Object.entries(PLANTED)) {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  const args = [path.join(ROOT, 'node_modules/knip/bin/knip.js'), '--files', '--reporter=json', ...options];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: root }, (_, stdout) => resolve(stdout));
  });
  return [...output.matchAll(/portal-api\/src\/\w+\.ts/g)]
    .map(([file]) => file)
    .filter((file, at, all) => all.indexOf(file) === at)
    .sort();
}
