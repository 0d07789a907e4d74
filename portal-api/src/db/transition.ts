// SPDX-License-Identifier: Apache-2.0
// The one place where a record changes its state. A machine is a table of transitions; a transition is a guarded
// update, an audit row and what it sets off, all in the caller's transaction.
import { DomainError } from '../errors.ts';
import type { Db, OutboxPayload, Transaction } from './database.ts';

/** `Columns`: what a transition may write besides the state. */
export interface Machine<State extends string, Event extends string, Columns extends object = object> {
  /** In audit rows and errors, such as `work`. */
  name: string;
  /** Where its records are, such as `(db) => db.work`. */
  records(db: Db): Records<State, Columns>;
  transitions: readonly TransitionRule<State, Event>[];
}

export interface TransitionRule<State extends string, Event extends string> {
  from: readonly State[];
  event: Event;
  to: State;
}

/** What a transition uses of Prisma's model. */
interface Records<State extends string, Columns extends object> {
  findUnique(args: { where: { id: string }; select: { state: true } }): PromiseLike<{ state: string } | null>;
  updateMany(args: {
    where: { id: string; state: State };
    data: Columns & { state: State; stateAt: Date };
  }): PromiseLike<{ count: number }>;
}

export interface TransitionRequest<Event extends string, Columns extends object> {
  id: string;
  event: Event;
  actor: string;
  /** Further columns to write, by their names in Prisma's model. */
  set?: Columns;
  /** For the audit row; nothing personal. */
  detail?: Readonly<Record<string, unknown>>;
  outbox?: readonly { topic: string; payload: OutboxPayload; runAfter?: Date }[];
}

export interface TransitionResult<State extends string> {
  from: State;
  to: State;
}

/** Moves the record, or throws `state-conflict` when the event has no place in the record's state. */
export async function transition<State extends string, Event extends string, Columns extends object>(
  tx: Transaction,
  machine: Machine<State, Event, Columns>,
  request: TransitionRequest<Event, Columns>,
): Promise<TransitionResult<State>> {
  const result = await tryTransition(tx, machine, request);
  if (result) return result;
  throw new DomainError('state-conflict', { record: machine.name, event: request.event });
}

/** The same for a step that may run twice: undefined, and nothing written, when the event has no place (any more). */
export async function tryTransition<State extends string, Event extends string, Columns extends object>(
  tx: Transaction,
  machine: Machine<State, Event, Columns>,
  request: TransitionRequest<Event, Columns>,
): Promise<TransitionResult<State> | undefined> {
  const { id, event, actor, detail, outbox = [] } = request;
  const moved = await move(machine.records(tx.prisma), machine, request);
  if (!moved) return undefined;
  tx.record({
    actor,
    action: `${machine.name}.${event}`,
    subject: `${machine.name}:${id}`,
    detail: { ...moved, ...detail },
  });
  for (const { topic, payload, runAfter } of outbox) tx.enqueue(topic, payload, runAfter ? { runAfter } : {});
  return moved;
}

async function move<State extends string, Event extends string, Columns extends object>(
  records: Records<State, Columns>,
  machine: Machine<State, Event, Columns>,
  request: TransitionRequest<Event, Columns>,
): Promise<TransitionResult<State> | undefined> {
  const { id, event, set } = request;
  const row = await records.findUnique({ where: { id }, select: { state: true } });
  const found = machine.transitions
    .filter((rule) => rule.event === event)
    .flatMap(({ from, to }) => from.map((each) => ({ from: each, to })))
    .find(({ from }) => from === row?.state);
  if (!found) return undefined;
  const data = Object.assign({}, set, { state: found.to, stateAt: new Date() });
  const { count } = await records.updateMany({ where: { id, state: found.from }, data });
  // Somebody moved it since it was read: what the event does now depends on where to.
  return count === 1 ? found : move(records, machine, request);
}
