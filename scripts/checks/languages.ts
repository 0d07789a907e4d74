// SPDX-License-Identifier: Apache-2.0
// Whoever reads English reads all of it: a catalogue `x.zh.ts` has a counterpart `x.en.ts` with the same keys.
import { globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule } from './rule.ts';

export const languageRule: Rule = {
  name: 'every sentence is there in Chinese and in English',
  run: async (root) => {
    const catalogues = globSync('web/src/**/*.{zh,en}.ts', { cwd: root }).sort();
    const names = [...new Set(catalogues.map((file) => file.replace(/\.(zh|en)\.ts$/, '')))];
    const faults = await Promise.all(names.map((name) => faultsOf(root, name)));
    return faults.flat();
  },
};

async function faultsOf(root: string, name: string): Promise<string[]> {
  const [zh, en] = await Promise.all(['zh', 'en'].map((language) => keysOf(path.join(root, `${name}.${language}.ts`))));
  if (!zh || !en) return [`${name} has only one language`];
  return [
    ...[...zh].filter((key) => !en.has(key)).map((key) => `${name}.en.ts has no ${key}`),
    ...[...en].filter((key) => !zh.has(key)).map((key) => `${name}.zh.ts has no ${key}`),
  ];
}

/** Below the exports, which are named after their language; undefined when there is no such file. */
async function keysOf(file: string): Promise<Set<string> | undefined> {
  try {
    const exported: unknown = await import(pathToFileURL(file).href);
    return new Set(leavesOf(exported).map((key) => key.split('.').slice(1).join('.')));
  } catch {
    return undefined;
  }
}

function leavesOf(value: unknown, key = ''): string[] {
  if (typeof value !== 'object' || value === null) return [key];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, key ? `${key}.${name}` : name));
}
