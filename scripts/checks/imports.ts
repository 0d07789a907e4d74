// SPDX-License-Identifier: Apache-2.0
// Imports that a rule of biome.jsonc cannot see: those that a page loads through others, and what the tables of the
// READMEs say of folders.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesOf, type Rule, type SourceFile } from './rule.ts';

const TEST_FILE = /\.test\.tsx?$|(^|\/)test\/|\/vectors\//;
const OWN_SCOPE = '@inkseal/';
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** What everybody loads, and what only those who have signed in may have to. */
const PUBLIC_PAGES = ['web/src/site/main.tsx', 'web/src/offline/main.tsx'];
const HEAVY = /^(antd|@ant-design\/|@tanstack\/|tus-js-client)|^web\/src\/(member|staff|kit|api|app\.tsx)/;

interface Import {
  from: string;
  /** As written. */
  specifier: string;
  isType: boolean;
  /** A file of ours, from the root. */
  to?: string;
}

const publicPagesStayLight: Rule = {
  name: 'public pages stay light',
  run: async (root) => heavyImportsOf(importsOf(root)),
};

/** A table with the column "may import" has a row for each folder beside it, and the column lists what its code imports. */
const tablesMatchImports: Rule = {
  name: 'the READMEs list what each folder imports',
  run: async (root) => {
    const imports = importsOf(root).filter(({ from }) => !TEST_FILE.test(from));
    return filesOf(root, '{README.md,*/README.md}').flatMap((readme) => faultsOfTable(readme, imports));
  },
};

export const importRules: Rule[] = [publicPagesStayLight, tablesMatchImports];

function importsOf(root: string): Import[] {
  return filesOf(root, '*/**/*.{ts,tsx,mts,mjs}').flatMap((file) => importsIn(root, file));
}

function importsIn(root: string, { path: from, text }: SourceFile): Import[] {
  return [...text.matchAll(IMPORT)].map((match) => {
    const specifier = match[1] ?? match[2] ?? '';
    const to = resolve(root, from, specifier);
    return { from, specifier, isType: /^\s*(import|export)\s+type\s/.test(match[0]), ...(to && { to }) };
  });
}

function resolve(root: string, from: string, specifier: string): string | undefined {
  if (specifier.startsWith(OWN_SCOPE)) return specifier.slice(OWN_SCOPE.length);
  if (!specifier.startsWith('.')) return undefined;
  const to = path.posix.join(path.posix.dirname(from), specifier.replace(/\?\w+$/, ''));
  return existsSync(path.join(root, to)) ? to : undefined;
}

/** One line per import that brings something heavy into a public page, however far away. */
function heavyImportsOf(imports: Import[]): string[] {
  const reached = new Set(PUBLIC_PAGES);
  const heavy = new Set<string>();
  for (const file of reached) {
    for (const { specifier, to, isType } of imports.filter(({ from }) => from === file)) {
      if (isType) continue;
      if (HEAVY.test(to ?? specifier)) heavy.add(`${file} imports ${specifier}`);
      else if (to) reached.add(to);
    }
  }
  return [...heavy];
}

function faultsOfTable(readme: SourceFile, imports: readonly Import[]): string[] {
  const listed = rowsOf(readme.text);
  if (listed.size === 0) return [];
  const folder = path.posix.dirname(readme.path);
  const found = importsBetweenFolders(imports, folder === '.' ? '' : `${folder}/src/`);
  const faults = [...found].flatMap(([from, targets]) => {
    const row = listed.get(from);
    if (!row) return [`${readme.path} has no row for ${from}`];
    return row === 'all' ? [] : differences(readme.path, { from, row, targets });
  });
  const gone = [...listed.keys()].filter((name) => !found.has(name) && listed.get(name) !== 'all');
  return [...faults, ...gone.map((name) => `${readme.path} has a row for ${name}, which has no code`)];
}

function differences(
  readme: string,
  { from, row, targets }: { from: string; row: readonly string[]; targets: ReadonlySet<string> },
): string[] {
  return [
    ...[...targets]
      .filter((to) => !row.includes(to))
      .map((to) => `${from} imports ${to}, which ${readme} does not say`),
    ...row.filter((to) => !targets.has(to)).map((to) => `${readme} says that ${from} may import ${to}: it does not`),
  ];
}

/** By folder: what its last column lists. Documents are no code. */
function rowsOf(text: string): Map<string, readonly string[] | 'all'> {
  const [, table = ''] = text.split(/^\| folder \|(?:.*\|)? may import \|\n\| .*\n/m);
  const [rows = ''] = table.split(/\n(?!\|)/);
  const cells = rows.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(
    cells.flatMap(([, first = '', ...rest]) => {
      const name = /^`([\w-]+)`|^\[([\w-]+)\]/.exec(first);
      const last = rest.at(-2) ?? '';
      const key = name?.[1] ?? name?.[2];
      if (!key || key === 'docs') return [];
      return [[key, last === 'all' ? 'all' : [...last.matchAll(/`([\w-]+)`/g)].map(([, code = '']) => code)]];
    }),
  );
}

/** By folder under `base`: the other folders there that its files import, each by its name. */
function importsBetweenFolders(imports: readonly Import[], base: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const folderOf = (file: string) => (file.startsWith(base) ? file.slice(base.length).split('/') : []);
  for (const { from, to } of imports) {
    const [folder = '', ...inside] = folderOf(from);
    if (inside.length === 0) continue;
    const targets = found.get(folder) ?? new Set();
    found.set(folder, targets);
    const [target = '', ...within] = folderOf(to ?? '');
    const isFile = within.length === 0 && base !== '';
    if (target && target !== folder && !isFile && target !== 'generated') targets.add(target);
  }
  return found;
}
