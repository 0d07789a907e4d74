// Writes verifier/vectors/receipts, the same bytes every time: node verifier/vectors/generate-receipts.ts. A released file is not
// changed: it writes what is missing and refuses the rest; `--rewrite`, before a release only, writes all.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeReceiptVectors } from './support/receipts.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'receipts');

const files = await makeReceiptVectors();
for (const [name, bytes] of files) {
  const path = join(FOLDER, name);
  if (existsSync(path) && !readFileSync(path).equals(bytes) && !process.argv.includes('--rewrite')) {
    throw new RangeError(`${name} is released and would change`);
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}
console.log(`${files.size} files`);
