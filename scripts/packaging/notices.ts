// SPDX-License-Identifier: Apache-2.0
// The notices that licences of compiled-in libraries ask for.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Failure } from '../processes/failure.ts';

const manifest = z.object({ name: z.string(), version: z.string(), license: z.string() });
const LICENCE_FILE = /^(licen[cs]e|copying)(\.(md|txt))?$/i;

/** Name, version and full licence text of each package that one of these files belongs to. */
export function noticesOf(root: string, files: readonly string[]): string {
  const packages = new Set(files.flatMap((file) => packageFolderOf(root, file) ?? []));
  const notices = [...packages].map(noticeOf).sort();
  return `This program contains the following libraries.\n\n${notices.join('\n\n')}`;
}

function packageFolderOf(root: string, file: string): string | undefined {
  const at = file.lastIndexOf(`node_modules/`);
  if (at < 0 || !file.startsWith(root)) return undefined;
  const end = at + 'node_modules/'.length;
  const [scopeOrName = '', name = ''] = file.slice(end).split('/');
  return file.slice(0, end) + (scopeOrName.startsWith('@') ? `${scopeOrName}/${name}` : scopeOrName);
}

function noticeOf(folder: string): string {
  const { name, version, license } = manifest.parse(
    JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')),
  );
  const file = existsSync(folder) ? readdirSync(folder).find((each) => LICENCE_FILE.test(each)) : undefined;
  if (!file) throw new Failure(`${name} has no licence file; its notice cannot be written`);
  const text = readFileSync(path.join(folder, file), 'utf8').trim();
  return `${'='.repeat(72)}\n${name} ${version} (${license})\n${'='.repeat(72)}\n${text}\n`;
}
