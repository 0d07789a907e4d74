// SPDX-License-Identifier: Apache-2.0
// The one place where a record changes its state. A machine is a table of transitions; a transition is a guarded
// update, an audit row and what it sets off, all in the caller's transaction.
import type pg from 'pg';
import { DomainError, type ErrorCode } from '../errors.ts';
import type { OutboxPayload, Transaction } from './database.ts';

export interface Machine<State extends string, Event extends string> {
  /** In audit rows and errors, such as `work`. */
  name: string;
  /** Has the columns id (uuid), state and state_at. */
  table: string;
  transitions: readonly TransitionRule<State, Event>[];
}

export interface TransitionRule<State extends string, Event extends string> {
  from: readonly State[];
  event: Event;
  to: State;
  /** Looks at the locked row as it stands; a code refuses the transition. */
  guard?: (row: pg.QueryResultRow) => ErrorCode | undefined;
}

export interface TransitionRequest<Event extends string> {
  id: string;
  event: Event;
  actor: string;
  /** Further columns to write, by their names in the database. */
  set?: Readonly<Record<string, unknown>>;
  /** For the audit row; nothing personal. */
  detail?: Readonly<Record<string, unknown>>;
  outbox?: readonly { topic: string; payload: OutboxPayload; runAfter?: Date }[];
}

export interface TransitionResult<State extends string> {
  from: State;
  to: State;
}

/** Moves the record, or throws `state-conflict` when the event has no place in the record's state. */
export async function transition<State extends string, Event extends string>(
  tx: Transaction,
  machine: Machine<State, Event>,
  request: TransitionRequest<Event>,
): Promise<TransitionResult<State>> {
  const result = await tryTransition(tx, machine, request);
  if (result) return result;
  throw new DomainError('state-conflict', { record: machine.name, event: request.event });
}

/** The same for a step that may run twice: undefined, and nothing written, when the event has no place (any more). */
export async function tryTransition<State extends string, Event extends string>(
  tx: Transaction,
  machine: Machine<State, Event>,
  request: TransitionRequest<Event>,
): Promise<TransitionResult<State> | undefined> {
  const { id, event, actor, set = {}, detail, outbox = [] } = request;
  const table = quote(machine.table);
  const [row] = await tx.query(`SELECT * FROM ${table} WHERE id = $1 FOR UPDATE`, [id]);
  const rule = machine.transitions.find((each) => each.event === event && each.from.includes(row?.state));
  if (!row || !rule) return undefined;
  const refusal = rule.guard?.(row);
  if (refusal) throw new DomainError(refusal, { record: machine.name, event });

  const from: State = row.state;
  const columns = Object.keys(set).map((column, index) => `, ${quote(column)} = $${index + 4}`);
  const updated = await tx.query(
    `UPDATE ${table} SET state = $3, state_at = now()${columns.join('')} WHERE id = $1 AND state = $2 RETURNING id`,
    [id, from, rule.to, ...Object.values(set)],
  );
  if (updated.length !== 1) return undefined;
  tx.record({
    actor,
    action: `${machine.name}.${event}`,
    subject: `${machine.name}:${id}`,
    detail: { from, to: rule.to, ...detail },
  });
  for (const { topic, payload, runAfter } of outbox) tx.enqueue(topic, payload, runAfter ? { runAfter } : {});
  return { from, to: rule.to };
}

/** Names come from our own code; the quotes are for words that SQL reserves. */
function quote(name: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new DomainError('internal', { name });
  return `"${name}"`;
}
