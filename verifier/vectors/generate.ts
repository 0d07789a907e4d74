// Writes verifier/vectors/v1, v1-later and v2-later from the cases beside this file, the same bytes every time:
//   node verifier/vectors/generate.ts            writes what is missing; refuses to change a released vector
//   node verifier/vectors/generate.ts --rewrite  rewrites everything (before a release only)
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeVectors, SETS } from './support/vectors.ts';

const isRewrite = process.argv.includes('--rewrite');
for (const set of SETS) {
  const folder = join(dirname(fileURLToPath(import.meta.url)), set);
  const { files } = await makeVectors(set);
  let written = 0;
  for (const [name, bytes] of files) {
    const path = join(folder, name);
    const isKept = existsSync(path) && readFileSync(path).equals(bytes);
    if (isKept) continue;
    if (existsSync(path) && !isRewrite) throw new RangeError(`${set}/${name} is released and would change`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    written++;
  }
  console.log(`${set}: ${files.size} files, ${written} written`);
}
