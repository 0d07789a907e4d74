// SPDX-License-Identifier: Apache-2.0
// Raw SQL for what Prisma Client cannot express or is too slow for. A schema parses every row.
import { z } from 'zod';
import type { Session } from './transaction-session.ts';

/** What `Prisma.sql` makes: values are never part of the text. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** PostgreSQL plans a named statement once per connection; its text never changes. */
  readonly name?: string | undefined;
}

/** For statements of hot paths. */
export function named(name: string, { text, values }: Statement): Statement {
  return { name, text, values };
}

/** Columns as node-postgres gives them. */
export const column = {
  /** bigint and numeric arrive as text. */
  bigint: z.string().regex(/^-?\d+$/),
  bytes: z.instanceof(Uint8Array),
  time: z.date(),
};

/** Where the statements of a Prisma client, or of a transaction's client, run. */
const sessions = new WeakMap<object, Session>();

export function bindSession(client: object, session: Session): void {
  sessions.set(client, session);
}

/** The rows of a statement. `db` is the database's Prisma client or the one that a transaction hands out. */
export async function rowsOf<Row extends z.ZodType>(
  db: object,
  row: Row,
  statement: Statement,
): Promise<z.output<Row>[]> {
  const { rows } = await run(db, statement);
  return rows.map((each) => row.parse(each));
}

/** Runs a statement that returns no rows, and says how many it changed. */
export async function execute(db: object, statement: Statement): Promise<number> {
  const { rowCount } = await run(db, statement);
  return rowCount ?? 0;
}

/** For statements that are not written for `Prisma.sql`. */
export function sessionOf(db: object): Session {
  const session = sessions.get(db);
  if (!session) throw new TypeError('neither a client of openDatabase nor of one of its transactions');
  return session;
}

function run(db: object, { text, values, name }: Statement) {
  return sessionOf(db).query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
}
