// SPDX-License-Identifier: Apache-2.0
// Migrations run while processes of the last release still serve: a release adds (expand), and what the last one still uses goes a
// release later (contract). So a migration takes nothing away and asks for nothing more, unless it says which release stopped using it:
//   -- unused since 0.2.0: table.column
// Tables that came after the last release are nobody's yet.
import { LAST_RELEASE } from './last-release.ts';
import { filesOf, type Rule, type SourceFile } from './rule.ts';

interface Change {
  /** `table`, `table.column`, or the name of a type. */
  readonly what: string;
  readonly how: string;
}

const NAME = '((?:"[^"]+"|[\\w.]+))';
const UNUSED = /^--\s*unused since (\d+\.\d+\.\d+): (\S+)\s*$/gim;

export const migrationRule: Rule = {
  name: 'migrations break no release that still serves: expand, then contract',
  run: async (root) =>
    Object.entries(LAST_RELEASE).flatMap(([service, last]) => {
      const files = filesOf(root, `${service}/prisma/migrations/*/migration.sql`).filter(
        ({ path }) => (path.split('/').at(-2) ?? '') > last,
      );
      const added = new Set(files.flatMap(({ text }) => statementsOf(text).flatMap(tableMade)));
      return files.flatMap((file) => faultsOf(file, added));
    }),
};

function faultsOf({ path, text }: SourceFile, added: ReadonlySet<string>): string[] {
  const unused = new Set([...text.matchAll(UNUSED)].map(([, , what = '']) => what));
  return statementsOf(text)
    .flatMap(changesOf)
    .filter(({ what }) => !unused.has(what) && !added.has(what.split('.')[0] ?? ''))
    .map(
      ({ what, how }) =>
        `${path}: ${how} while the last release uses it; if it does not, write "-- unused since <release>: ${what}"`,
    );
}

/** Without comments, texts and the bodies of functions. */
function statementsOf(text: string): string[] {
  return text
    .replace(/\$(\w*)\$.*?\$\1\$/gs, "''")
    .replace(/--[^\n]*|\/\*.*?\*\//gs, ' ')
    .replace(/'(?:[^']|'')*'/gs, "''")
    .split(';')
    .map((statement) => statement.replace(/\s+/g, ' ').trim());
}

const plain = (name = ''): string => name.replaceAll('"', '').replace(/^public\./, '');

function tableMade(statement: string): string[] {
  const [, name] = new RegExp(`^CREATE TABLE (?:IF NOT EXISTS )?${NAME}`, 'i').exec(statement) ?? [];
  return name === undefined ? [] : [plain(name)];
}

function changesOf(statement: string): Change[] {
  const dropped = /^DROP (TABLE|VIEW|TYPE|SEQUENCE) (?:IF EXISTS )?(.*?)(?: CASCADE| RESTRICT)?$/i.exec(statement);
  if (dropped)
    return (dropped[2] ?? '')
      .split(',')
      .map((name) => ({ what: plain(name.trim()), how: `drops ${plain(name.trim())}` }));
  const renamed = new RegExp(`^ALTER (?:TYPE|SEQUENCE|VIEW) ${NAME} RENAME (?!ATTRIBUTE)`, 'i').exec(statement);
  if (renamed) return [{ what: plain(renamed[1]), how: `renames ${plain(renamed[1])} or a value of it` }];
  const altered = new RegExp(`^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?${NAME} (.*)$`, 'i').exec(statement);
  if (!altered) return [];
  const table = plain(altered[1]);
  return actionsOf(altered[2] ?? '').flatMap((action) => changeOf(table, action));
}

/** The actions of one ALTER TABLE: parted by commas outside brackets. */
function actionsOf(text: string): string[] {
  const actions = [''];
  let depth = 0;
  for (const sign of text) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign === ',' && depth === 0) actions.push('');
    else actions[actions.length - 1] += sign;
  }
  return actions.map((action) => action.trim());
}

const ACTIONS: readonly [pattern: string, how: (column: string) => string][] = [
  [`^DROP (?:COLUMN )?(?!CONSTRAINT\\b)(?:IF EXISTS )?${NAME}`, (column) => `drops ${column}`],
  [`^RENAME (?:COLUMN )?(?!CONSTRAINT\\b|TO\\b)${NAME} TO`, (column) => `renames ${column}`],
  [`^ALTER (?:COLUMN )?${NAME} (?:SET DATA )?TYPE\\b`, (column) => `changes the type of ${column}`],
  [`^ALTER (?:COLUMN )?${NAME} SET NOT NULL`, (column) => `demands ${column}`],
  [`^ALTER (?:COLUMN )?${NAME} DROP DEFAULT`, (column) => `takes away the default of ${column}`],
];

function changeOf(table: string, action: string): Change[] {
  if (/^RENAME TO /i.test(action)) return [{ what: table, how: `renames ${table}` }];
  for (const [pattern, how] of ACTIONS) {
    const [, name] = new RegExp(pattern, 'i').exec(action) ?? [];
    if (name !== undefined) return [changeTo(table, name, how)];
  }
  const [, added] =
    new RegExp(
      `^ADD (?:COLUMN )?(?!CONSTRAINT\\b|CHECK\\b|UNIQUE\\b|PRIMARY\\b|FOREIGN\\b|EXCLUDE\\b)(?:IF NOT EXISTS )?${NAME}`,
      'i',
    ).exec(action) ?? [];
  const isDemanded =
    /\bNOT NULL\b|\bPRIMARY KEY\b/i.test(action) && !/\bDEFAULT\b|\bGENERATED\b|\b(?:BIG|SMALL)?SERIAL\b/i.test(action);
  return added !== undefined && isDemanded
    ? [changeTo(table, added, (column) => `adds ${column} NOT NULL without a default`)]
    : [];
}

function changeTo(table: string, name: string, how: (column: string) => string): Change {
  const what = `${table}.${plain(name)}`;
  return { what, how: how(what) };
}
