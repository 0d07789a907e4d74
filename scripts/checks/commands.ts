// SPDX-License-Identifier: Apache-2.0
// Whoever checks a proof by a command that we print must not miss a revocation: each such command refuses a
// status that is older than we recommend.
import { filesOf, type Rule, type SourceFile } from './rule.ts';

/** Programs that check proofs. */
const PROGRAM = /\b(?:inkseal-verify|check\.py)(?=\s)/g;
/** A proof, or the place where one is put. A sentence about the program has neither. */
const PROOF = /<[^>\n]+>|\.(?:proof\.json|pdf|zip)\b|\$\{/;
/** The list of options stands for all of them, as does a usage line, which has a placeholder in brackets. */
const IS_USAGE = /\[(?:options|选项)\]|\[--max-status-age /;
/** A receipt has no status, and the program refuses an age for it. */
const IS_OF_RECEIPT = /^inkseal-verify\s+(?:<receipt>|\S+\.receipt\.json)/;
const AGE = /--max-status-age[=\s]+(\w+)/;
/** 30 days: docs/threat-model.md says why. */
const RECOMMENDED = { 'inkseal-verify': '30d', 'check.py': '2592000' };
/** The example in the package gets no younger: with the usual limit it would fail one day. */
const EXAMPLE = { path: 'verifier/packaging/README.md', age: '36500d' };

export const commandRule: Rule = {
  name: 'every command that checks a proof says how old its status may be',
  run: async (root) => {
    const printed = filesOf(root, '{*,*/**/*}.{ts,tsx,mjs,md,html,sh}').filter(
      ({ path }) => !/\.test\.ts$|^scripts\/checks\//.test(path),
    );
    return printed.flatMap(faultsOf);
  },
};

function faultsOf({ path, text }: SourceFile): string[] {
  return [...text.matchAll(PROGRAM)].flatMap(({ index }) => {
    const command = commandAt(text, index, path.endsWith('.md'));
    const fault = PROOF.test(command) ? ageFault(command, path) : undefined;
    if (!fault) return [];
    const line = text.slice(0, index).split('\n').length;
    return [`${path}:${line}: “${command.replace(/\s+/g, ' ')}” ${fault}`];
  });
}

function ageFault(command: string, path: string): string | undefined {
  if (IS_USAGE.test(command) || IS_OF_RECEIPT.test(command)) return undefined;
  const age = AGE.exec(command)?.[1];
  if (age === undefined) return 'has no --max-status-age';
  const wanted = command.startsWith('check.py') ? RECOMMENDED['check.py'] : RECOMMENDED['inkseal-verify'];
  const isExample = path === EXAMPLE.path && age === EXAMPLE.age;
  return age === wanted || isExample ? undefined : `has --max-status-age, which should be ${wanted} and not ${age}`;
}

/**
 * Between backticks up to the closing one. In a document otherwise the line, and the deeper lines that go on with it; in code
 * the rest of the text in quotes. The next program is another command.
 */
function commandAt(text: string, start: number, isDocument: boolean): string {
  const before = text.slice(text.lastIndexOf('\n', start) + 1, start);
  const rest = text.slice(start);
  const next = rest.slice(1).search(PROGRAM);
  const own = next < 0 ? rest : rest.slice(0, next + 1);
  const isInline = (before.match(/`/g)?.length ?? 0) % 2 === 1;
  if (isInline) return /^[^`]*/.exec(own)?.[0] ?? own;
  if (!isDocument) return /^[^'"`\n]*/.exec(own)?.[0] ?? own;
  const margin = /^\s*/.exec(before)?.[0].length ?? 0;
  return new RegExp(`^.*(?:\\n\\s{${margin + 1},}\\S.*)*`).exec(own)?.[0] ?? own;
}
