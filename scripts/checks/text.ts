// SPDX-License-Identifier: Apache-2.0
// Rules that the text of a file shows; what Biome can check is in biome.jsonc.
import { filesOf, linesMatching, type Rule } from './rule.ts';

const MAX_LINES = 300;

/** May wait all the same. */
const WAITING_FILES = /^test\/(support\/(eventually|line)\.ts|(chaos|soak)\/)/;

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

/** Biome counts the lines of the languages that it reads. */
const fileSizes: Rule = {
  name: `no Solidity or Python file over ${MAX_LINES} lines`,
  run: async (root) =>
    filesOf(root, '*/**/*.{sol,py}')
      .filter(({ text }) => text.split('\n').length - 1 > MAX_LINES)
      .map(({ path: file }) => `${file} is too long`),
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

/** Biome sees `import` declarations and expressions only, so one of a type would get past the rules of its imports. */
const noImportTypes: Rule = {
  name: 'types are imported by name',
  run: async (root) =>
    linesMatching(filesOf(root, '!(scripts)/**/*.{ts,tsx}'), /\btypeof import\(|(?<!await )\bimport\('[^']+'\)\.[A-Z]/),
};

export const textRules: Rule[] = [noFixedWaits, fileSizes, noPlaceNames, noUnownedPackage, noImportTypes];
