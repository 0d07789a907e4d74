// SPDX-License-Identifier: Apache-2.0
// Who may import whom. Proofs stay checkable without us only while the verifier needs nothing of ours, and the
// services stay replaceable only while they meet at their public faces.
import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { filesOf, type Rule, type SourceFile } from './rule.ts';

/** What each folder may import of ours, besides itself. A folder not listed may import nothing. */
const ALLOWED: Record<string, readonly string[]> = {
  contracts: [],
  verifier: [],
  'service-kit': [],
  'ledger-service': ['verifier', 'service-kit', 'contracts/artifact'],
  'portal-api': ['verifier', 'service-kit'],
  web: ['verifier'],
  scripts: ['contracts', 'verifier', 'service-kit', 'ledger-service', 'portal-api', 'test'],
  test: ['contracts', 'verifier', 'service-kit', 'ledger-service', 'portal-api', 'scripts'],
};
/** What tests and files that only tests use may import more. */
const ALLOWED_TO_TESTS = ['test/support', 'verifier', 'contracts', 'scripts'];
const TEST_FILE = /\.test\.tsx?$|(^|\/)test\/|\/vectors\//;
const OWN_SCOPE = '@inkseal/';
/** What our packages answer with; whatever else is asked of one counts as lying in its folder. */
const PACKAGES: Record<string, string> = {
  '@inkseal/contracts': 'contracts/artifact/EvidenceRegistry.json',
  '@inkseal/verifier': 'verifier/src/index.ts',
  '@inkseal/service-kit': 'service-kit/src/index.ts',
  '@inkseal/ledger-service': 'ledger-service/src/index.ts',
};
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

export const importRules: Rule[] = [
  {
    name: 'import directions',
    run: async (root) =>
      importsOf(root)
        .filter(isForbidden)
        .map(({ from, specifier }) => `${from} imports ${specifier}`),
  },
  {
    name: 'verifier/src imports no Node built-in',
    run: async (root) =>
      importsOf(root)
        .filter(
          ({ from, specifier }) => from.startsWith('verifier/src/') && !TEST_FILE.test(from) && isBuiltin(specifier),
        )
        .map(({ from, specifier }) => `${from} imports ${specifier}`),
  },
  {
    name: 'another part is reached through its package',
    run: async (root) =>
      importsOf(root)
        .filter(bypassesPackage)
        .map(({ from, specifier }) => `${from} imports ${specifier}`),
  },
  {
    name: 'another domain is reached through its index.ts',
    run: async (root) =>
      importsOf(root)
        .filter(bypassesIndex)
        .map(({ from, specifier }) => `${from} imports ${specifier}`),
  },
  { name: 'no import cycle', run: async (root) => cyclesOf(importsOf(root)) },
  { name: 'public pages stay light', run: async (root) => heavyImportsOf(importsOf(root)) },
];

function isForbidden({ from, to }: Import): boolean {
  if (!to) return false;
  const [folder = ''] = from.split('/');
  const isWithin = (allowed: string) => to === allowed || to.startsWith(`${allowed}/`);
  const allowed = [folder, ...(ALLOWED[folder] ?? []), ...(TEST_FILE.test(from) ? ALLOWED_TO_TESTS : [])];
  return !allowed.some(isWithin);
}

/** What a package exports is its public face; scripts and tests look behind it. */
function bypassesPackage({ from, specifier, to }: Import): boolean {
  const [folder = ''] = from.split('/');
  const isInner = TEST_FILE.test(from) || folder === 'scripts';
  return !isInner && to !== undefined && specifier.startsWith('.') && !to.startsWith(`${folder}/`);
}

/** Domain folders stand under a service's src; http, db, crypto and the like are its shared ground. */
function bypassesIndex({ from, to }: Import): boolean {
  if (!to || TEST_FILE.test(from) || to.endsWith('/index.ts')) return false;
  const [service, src, domain, file] = to.split('/');
  if (src !== 'src' || file === undefined || !/^(ledger-service|portal-api)$/.test(service ?? '')) return false;
  if (/^(http|db|queue|chain|ledger|crypto|storage|generated)$/.test(domain ?? '')) return false;
  return from.startsWith(`${service}/src/`) && !from.startsWith(`${service}/src/${domain}/`);
}

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
  if (specifier.startsWith(OWN_SCOPE)) return PACKAGES[specifier] ?? specifier.slice(OWN_SCOPE.length);
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

/** One line per cycle of modules that need each other to load; a type-only import loads nothing. */
function cyclesOf(imports: Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to, isType } of imports) if (to && !isType) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) cycles.push([...trail.slice(start), file].join(' -> '));
    if (start >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return cycles;
}
