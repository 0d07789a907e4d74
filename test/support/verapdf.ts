// SPDX-License-Identifier: Apache-2.0
// veraPDF, which judges PDF/A. Its jars are in the folder that VERAPDF_LIB names; .ci/run fetches them.
import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from './temporary.ts';

const PROGRAM = fileURLToPath(new URL('verapdf/CheckPdfA.java', import.meta.url));

/** The folder with veraPDF, where Java is there too. */
export function findVeraPdf(): string | undefined {
  const { VERAPDF_LIB } = process.env;
  return VERAPDF_LIB && spawnSync('java', ['-version'], { stdio: 'ignore' }).status === 0 ? VERAPDF_LIB : undefined;
}

/** Of each PDF the rules of PDF/A-3b that it breaks, as `clause-test`. */
export async function brokenRules(folder: string, pdfs: Readonly<Record<string, Buffer>>) {
  const scratch = temporaryFolder();
  const files = Object.values(pdfs).map((pdf, index) => {
    const file = path.join(scratch, `${index}.pdf`);
    writeFileSync(file, pdf);
    return file;
  });
  const { stdout } = await promisify(execFile)('java', ['-cp', path.join(folder, '*'), PROGRAM, '3b', ...files]);
  const lines = stdout.split('\n');
  return Object.fromEntries(Object.keys(pdfs).map((name, index) => [name, lines[index]]));
}
