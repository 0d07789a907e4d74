// SPDX-License-Identifier: Apache-2.0
// Services talk to their databases through Prisma Client (ADR 0008). Raw SQL is the exception: it lives in `*.sql.ts`, each
// statement says why, a schema parses its rows, and a package has only so many.
import { parseFiles } from '../metrics/syntax.ts';
import { filesOf, linesMatching, type Rule, type SourceFile } from './rule.ts';

/** The folders that keep to it, and how many raw statements those of a package may have. */
const LIMITS: readonly { name: string; most: number; folders: readonly string[] }[] = [
  { name: 'service-kit', most: 10, folders: ['service-kit/src'] },
  { name: 'ledger-service', most: 45, folders: ['ledger-service/src'] },
  { name: 'portal-api', most: 25, folders: ['portal-api/src'] },
];

const IS_TEST = /\.test\.ts$/;
const IS_SQL = /\.sql\.ts$/;
const REASON = /\bReason:/g;
/** Prisma's raw queries return what nobody has checked; its transactions have no time-outs of ours. */
const PAST_THE_KIT = /\$(queryRaw|executeRaw|transaction\()/;
/** Sets those time-outs. */
const TRANSACTIONS = 'service-kit/src/db/database.ts';

export const rawSqlRule: Rule = {
  name: 'raw SQL is in *.sql.ts, with a reason and a schema for each statement, and rare',
  async run(root) {
    return LIMITS.flatMap((limit) => faultsIn(root, limit));
  },
};

function faultsIn(root: string, { name, most, folders }: (typeof LIMITS)[number]): string[] {
  const files = folders
    .flatMap((folder) => filesOf(root, `${folder}/**/*.ts`))
    .filter(({ path }) => !IS_TEST.test(path));
  const syntax = parseFiles(
    root,
    files.map(({ path }) => path),
  );
  const statementsIn = ({ path }: SourceFile) => syntax.get(path)?.statements ?? 0;
  const total = files.reduce((sum, file) => sum + statementsIn(file), 0);
  return [
    ...files.flatMap((file) => faultsOf(file, statementsIn(file))),
    ...files
      .filter(({ path }) => (syntax.get(path)?.uncheckedRows ?? 0) > 0)
      .map(({ path }) => `${path}: a query names the type of its rows, which nothing checks: parse them with rowsOf`),
    ...linesMatching(
      files.filter(({ path }) => path !== TRANSACTIONS),
      PAST_THE_KIT,
    ).map((line) => `${line}: use rowsOf, execute or database.transaction of the service kit`),
    ...(total > most ? [`${name}: ${total} raw statements, at most ${most} are allowed`] : []),
  ];
}

function faultsOf({ path, text }: SourceFile, statements: number): string[] {
  if (statements > 0 && !IS_SQL.test(path)) return [`${path}: raw SQL outside *.sql.ts`];
  const reasons = text.match(REASON)?.length ?? 0;
  return reasons < statements ? [`${path}: ${statements} raw statements, ${reasons} of them with a "Reason:"`] : [];
}
