// SPDX-License-Identifier: Apache-2.0
// Every rule of `npm run check`, the quick ones first.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { commandRule } from './commands.ts';
import { coverageRule } from './coverage.ts';
import { deployRules } from './deploy.ts';
import { documentRules } from './documents.ts';
import { faultRule } from './faults.ts';
import { importRules } from './imports.ts';
import { languageRule } from './languages.ts';
import { lockFileRule } from './lock-file.ts';
import { migrationRule } from './migrations.ts';
import { rawSqlRule } from './raw-sql.ts';
import { programRule, type Rule } from './rule.ts';
import { textRules } from './text.ts';
import { wordRules } from './words.ts';

const KNIP = 'node_modules/knip/bin/knip.js';
const TSC = 'node_modules/typescript/bin/tsc';
/** Several would each work out the types of the Prisma clients: four take 37 s of processor time where one takes 10. */
const ONE_CHECKER = ['--checkers', '1'];
const PROJECTS = ['.', 'contracts', 'verifier', 'service-kit', 'ledger-service', 'portal-api', 'web'];

export function rulesOf(root: string): Rule[] {
  const projects = PROJECTS.filter((folder) => existsSync(path.join(root, folder, 'tsconfig.json')));
  return [
    ...textRules,
    ...wordRules,
    ...documentRules,
    ...deployRules,
    coverageRule,
    commandRule,
    lockFileRule,
    languageRule,
    ...importRules,
    rawSqlRule,
    migrationRule,
    faultRule,
    programRule('format and lint', 'node_modules/@biomejs/biome/bin/biome', [
      'ci',
      '--error-on-warnings',
      '--colors=off',
      '--reporter=summary',
      '.',
    ]),
    ...projects.map((folder) =>
      programRule(`types in ${folder === '.' ? 'scripts and test' : folder}`, TSC, ['-p', folder, ...ONE_CHECKER]),
    ),
    programRule('no unused file, export or dependency', KNIP, ['--no-progress']),
    programRule('nothing in production that only tests use', KNIP, ['--no-progress', '--production']),
    programRule('Solidity lint', 'node_modules/solhint/solhint.js', [
      ...['--disc', '--noPoster', '--max-warnings', '0', '--config', 'contracts/.solhint.json'],
      'contracts/src/**/*.sol',
    ]),
    programRule('the contract artifact is fresh', 'scripts/build-contracts.ts', ['--check']),
    programRule("the types of the portal's interface are fresh", 'scripts/api-types.ts', ['--check']),
  ];
}

export interface CheckResult {
  name: string;
  faults: string[];
}

/** Runs one rule after another, printing each as it ends. */
export async function runRules(root: string, print = (line: string) => console.log(line)): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, run } of rulesOf(root)) {
    const faults = await run(root).catch((error: Error) => [error.message]);
    print(`${faults.length === 0 ? 'ok  ' : 'FAIL'}  ${name}`);
    for (const fault of faults) print(`        ${fault}`);
    results.push({ name, faults });
  }
  return results;
}
