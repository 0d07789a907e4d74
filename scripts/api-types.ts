// SPDX-License-Identifier: Apache-2.0
// Writes the types of the portal's HTTP interface for the web pages, from the definitions of its endpoints. With
// --check it writes nothing and fails when the file is not what they say.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { describePortal } from '../portal-api/src/describe.ts';
import { Failure, runJob } from './processes/failure.ts';

const FILE = path.resolve(import.meta.dirname, '..', 'web/src/api/schema.gen.ts');
/** The types of all endpoints are more than Node's own limit of one MiB. */
const MOST_BYTES = 64 * 1_048_576;
const HEAD = `// SPDX-License-Identifier: Apache-2.0
// Written by scripts/api-types.ts from the portal's endpoints; change those, not this.
`;

await runJob(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log('usage: npm run api-types [-- --check]');
    return 0;
  }
  const text = typesOfPortal();
  if (values.check && readFileSync(FILE, 'utf8') !== text) throw new Failure(`${FILE} is stale: npm run api-types`);
  if (!values.check) writeFileSync(FILE, text);
  return 0;
});

function typesOfPortal(): string {
  // A package of the web pages: it needs an older TypeScript than ours, which npm puts beside it.
  const manifest = createRequire(FILE).resolve('openapi-typescript/package.json');
  const command = path.join(path.dirname(manifest), 'bin/cli.js');
  const input = JSON.stringify(withoutHead(describePortal()));
  const { status, stdout, stderr } = spawnSync(process.execPath, [command], {
    input,
    encoding: 'utf8',
    maxBuffer: MOST_BYTES,
  });
  if (status !== 0) throw new Failure(`openapi-typescript failed:\n${stderr}`);
  return HEAD + stdout;
}

/** Pages never ask for headers alone, and each of these would repeat a GET. */
function withoutHead({ paths = {}, ...document }: ReturnType<typeof describePortal>) {
  const items = Object.entries(paths).map(([path, { head: _, ...item }]) => [path, item]);
  return { ...document, paths: Object.fromEntries(items) };
}
