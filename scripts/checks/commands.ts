// SPDX-License-Identifier: Apache-2.0
// Whoever checks a proof by a command that we print must not miss a revocation: each such command refuses an old status.
import { filesOf, type Rule, type SourceFile } from './rule.ts';

/** Programs that check proofs. */
const PROGRAM = /\b(?:inkseal-verify|check\.py)(?=\s)/g;
/** A proof, or the place where one is put. A sentence about the program has neither. */
const PROOF = /<[^>\n]+>|\.(?:proof\.json|pdf|zip)\b|\$\{/;
/** The list of options stands for all of them. */
const IS_SAFE = /--max-status-age|\[(?:options|选项)\]/;

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
    if (!PROOF.test(command) || IS_SAFE.test(command)) return [];
    const line = text.slice(0, index).split('\n').length;
    return [`${path}:${line}: “${command.replace(/\s+/g, ' ')}” has no --max-status-age`];
  });
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
