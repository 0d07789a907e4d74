// SPDX-License-Identifier: Apache-2.0
// What the documents promise is there: a reason for every dependency, every command, every file they lead to.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { filesOf, type Rule } from './rule.ts';

const DEPENDENCIES = 'docs/dependencies.md';
/** Has its own lock, apart from the workspaces. */
const TOOLCHAIN = 'scripts/toolchain';
/** Pages of the site: their links are addresses of the site. */
const SITE_TEXTS = 'portal-api/src/pages/texts/';
const MEASURED =
  '{ledger-service/src/http/metrics,ledger-service/src/http/alarm-gauges,portal-api/src/http/metrics,scripts/backup/age-metric}.ts';
const OWN_SCOPE = '@inkseal/';

const dependenciesSchema = z.record(z.string(), z.string()).optional();
const packageSchema = z.object({
  scripts: z.record(z.string(), z.string()).optional(),
  workspaces: z.array(z.string()).optional(),
  dependencies: dependenciesSchema,
  devDependencies: dependenciesSchema,
  optionalDependencies: dependenciesSchema,
});

/** A name in the table that ends in `*` stands for a family, such as the types of packages. */
const dependencyTable: Rule = {
  name: `${DEPENDENCIES} gives a reason for every dependency, and for no other`,
  run: async (root) => {
    const named = namesInTable(readFileSync(path.join(root, DEPENDENCIES), 'utf8'));
    const used = dependenciesOf(root);
    return [
      ...used.filter((name) => !named.some((entry) => covers(entry, name))).map((name) => `${name} has no reason`),
      ...named.filter((entry) => !used.some((name) => covers(entry, name))).map((entry) => `${entry} is not used`),
      ...named.filter((entry, place) => named.indexOf(entry) !== place).map((entry) => `${entry} is listed twice`),
    ];
  },
};

const documentsHold: Rule = {
  name: 'commands and links of the documents lead somewhere',
  run: async (root) => {
    const { scripts = {} } = packageIn(root, '.');
    return filesOf(root, '{*.md,*/**/*.md}').flatMap(({ path: file, text }) => [
      ...[...text.matchAll(/\bnpm run (?:-s )?([a-z][\w:-]*)/g)]
        .filter(([, name = '']) => !scripts[name])
        .map(([command]) => `${file}: ${command}`),
      ...[...text.matchAll(/(?:\]\(|<img src=")([^)"#:]+)(?:#[^)]*)?[)"]/g)]
        .filter(() => !file.startsWith(SITE_TEXTS))
        .filter(([, target = '']) => !existsSync(path.join(root, path.dirname(file), target)))
        .map(([, target]) => `${file} leads to ${target}`),
    ]);
  },
};

const metricsDescribed: Rule = {
  name: 'docs/metrics.md describes every metric, and no other',
  run: async (root) => {
    const namesIn = (pattern: string, name: RegExp) =>
      filesOf(root, pattern).flatMap(({ text }) => [...text.matchAll(name)].map(([, found = '']) => found));
    const described = namesIn('docs/metrics.md', /^\| `(\w+)`/gm);
    const measured = namesIn(MEASURED, /\bname: '(\w+)'/g);
    return [
      ...measured.filter((name) => !described.includes(name)).map((name) => `${name} is not described`),
      ...described.filter((name) => !measured.includes(name)).map((name) => `${name} is not measured`),
    ];
  },
};

export const documentRules: Rule[] = [dependencyTable, documentsHold, metricsDescribed];

function namesInTable(text: string): string[] {
  const cells = [...text.matchAll(/^\| (`[^|]+) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

function covers(entry: string, name: string): boolean {
  return entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : name === entry;
}

function dependenciesOf(root: string): string[] {
  const { workspaces = [] } = packageIn(root, '.');
  const names = ['.', ...workspaces, TOOLCHAIN].flatMap((folder) => {
    const { dependencies, devDependencies, optionalDependencies } = packageIn(root, folder);
    return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  });
  return [...new Set(names)].filter((name) => !name.startsWith(OWN_SCOPE)).sort();
}

function packageIn(root: string, folder: string): z.output<typeof packageSchema> {
  return packageSchema.parse(JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')));
}
