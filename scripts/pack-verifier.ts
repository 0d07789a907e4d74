// SPDX-License-Identifier: Apache-2.0
// `npm run pack:verifier [-- --out <folder>]`: makes the verifier a package that can be handed to anybody and installed
// without a registry, and writes it with its SHA-256 to the folder.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packVerifier } from './packaging/pack-verifier.ts';
import { runJob } from './processes/failure.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

await runJob(async () => {
  const { values } = parseArgs({ options: { out: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log('usage: npm run pack:verifier [-- --out <folder>]   (default: verifier/dist)');
    return 0;
  }
  const { file, sha256 } = await packVerifier(ROOT, path.resolve(values.out ?? path.join(ROOT, 'verifier', 'dist')));
  console.log(`${sha256}  ${path.relative(process.cwd(), file)}`);
  return 0;
});
