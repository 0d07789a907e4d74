// SPDX-License-Identifier: Apache-2.0
// Rules that the text of a file shows.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesOf, linesMatching, type Rule } from './rule.ts';

const MAX_LINES = 300;

/** May wait all the same. */
const WAITING_FILES = /^test\/(support\/(eventually|line)\.ts|chaos\/)/;

/** A test that waits for a while is slow on every machine and wrong on a slow one. Chaos strikes at random times, and a slow line is made of waiting. */
const noFixedWaits: Rule = {
  name: 'no fixed waits in tests',
  run: async (root) => {
    const tests = filesOf(root, '{**/*.test.{ts,tsx},**/{test,vectors}/**/*.{ts,py}}').filter(
      ({ path: file }) => !WAITING_FILES.test(file),
    );
    return linesMatching(
      tests,
      /\b(setTimeout|setInterval|sleep|delay|waitForTimeout)\s*\(|timers\/promises|Atomics\.wait\b/,
    );
  },
};

/** Globals need no import. Whoever verifies offline has to know that nothing is asked. */
const verifierAsksNobody: Rule = {
  name: 'verifier/src asks neither network nor machine',
  run: async (root) => {
    const sources = filesOf(root, 'verifier/src/**/*.ts').filter(({ path: file }) => !file.endsWith('.test.ts'));
    return linesMatching(
      sources,
      /\bfetch\s*\(|\bnew (XMLHttpRequest|WebSocket|EventSource)\b|\b(process|Buffer)\s*\./,
    );
  },
};

const environmentInOnePlace: Rule = {
  name: 'process.env only in config.ts of a service',
  run: async (root) => {
    const sources = filesOf(root, '{verifier,ledger-service,portal-api}/src/**/*.ts');
    const others = sources.filter(({ path: file }) => !/\/src\/config\.ts$|\.test\.ts$/.test(file));
    return linesMatching(others, /\bprocess\s*\.\s*env\b/);
  },
};

/** The exceptions file maps a path to its reason; one that is no longer needed is a fault too. */
const fileSizes: Rule = {
  name: `no file over ${MAX_LINES} lines`,
  run: async (root) => {
    const listed = JSON.parse(readFileSync(path.join(root, 'scripts/checks/long-files.json'), 'utf8')) as Record<
      string,
      string
    >;
    const files = filesOf(root, '*/**/*.{ts,mjs,tsx,sol,py}');
    const long = files.filter(({ text }) => text.split('\n').length - 1 > MAX_LINES).map(({ path: file }) => file);
    return [
      ...long.filter((file) => !listed[file]).map((file) => `${file} is too long`),
      ...Object.keys(listed)
        .filter((file) => !long.includes(file))
        .map((file) => `${file} needs no exception`),
    ];
  },
};

/** Nothing committed may depend on where it was written. */
const noPlaceNames: Rule = {
  name: 'no package registry or machine path is named',
  run: async (root) => {
    const files = filesOf(
      root,
      '{*,.*,.ci/*,*/**/*}.{ts,mts,mjs,tsx,js,json,html,css,md,sol,yml,yaml,sh,py,prisma,sql}',
    );
    const own = ['scripts/checks/text.ts'];
    const paths = /(^|[\s'"`(=:])\/(work|tmp|root|home|Users|mnt)\/[\w.-]/;
    const registries = /registry\.(npmjs|yarnpkg|npmmirror)|npmmirror\.com|proxy\.golang|"resolved": "http/;
    const checked = files.filter(({ path: file }) => !own.includes(file));
    return [...linesMatching(checked, paths), ...linesMatching(checked, registries)];
  },
};

/** Outside this repository `npx inkseal-verify` would fetch whatever somebody publishes under a name that is not ours. */
const noUnownedPackage: Rule = {
  name: 'nobody is sent to a package name that we do not own',
  run: async (root) => {
    const files = filesOf(root, '{*,*/**/*}.{ts,mts,mjs,tsx,html,md,css,sh}');
    const own = /^scripts\/checks\//;
    const checked = files.filter(({ path: file }) => !own.test(file));
    return linesMatching(checked, /\bnpx (?!--no )[^`\n]*\binkseal-|\bnpm (i|install|exec)\b[^`\n]*[\s@]inkseal[-/]/);
  },
};

const noFocusedTests: Rule = {
  name: 'no test is focused or switched off',
  run: async (root) =>
    linesMatching(
      filesOf(root, '**/*.test.{ts,tsx}'),
      /\b(describe|it|context)\.only\s*\(|\bx(it|describe)\s*\(|\bit\.skip\s*\(/,
    ),
};

export const textRules: Rule[] = [
  noFixedWaits,
  noFocusedTests,
  verifierAsksNobody,
  environmentInOnePlace,
  fileSizes,
  noPlaceNames,
  noUnownedPackage,
];
