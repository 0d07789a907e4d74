// Writes verifier/vectors/v1 from the cases beside this file, the same bytes every time:
//   node verifier/vectors/generate.ts            writes what is missing; refuses to change a released vector
//   node verifier/vectors/generate.ts --rewrite  writes everything anew (before a release only)
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeVectors } from './support/vectors.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'v1');
const isRewrite = process.argv.includes('--rewrite');
const { files } = await makeVectors();
let written = 0;
for (const [name, bytes] of files) {
  const path = join(folder, name);
  const isKept = existsSync(path) && readFileSync(path).equals(bytes);
  if (isKept) continue;
  if (existsSync(path) && name !== 'index.json' && !isRewrite)
    throw new RangeError(`${name} is released and would change`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  written++;
}
console.log(`${files.size} files, ${written} written`);
