// SPDX-License-Identifier: Apache-2.0
// What a portal puts into evidence packages from the built pages: a verifier of a test's own, and the guide for courts as it is.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const GUIDES = new URL('../../web/public/', import.meta.url);

/** Writes the pages into the folder, and answers the path of the verifier. */
export function writePackagePages(folder: string, verifyPage: string): string {
  mkdirSync(folder, { recursive: true });
  for (const name of ['court-guide.html', 'court-guide.en.html'])
    copyFileSync(new URL(name, GUIDES), path.join(folder, name));
  const file = path.join(folder, 'verify.html');
  writeFileSync(file, verifyPage);
  return file;
}
