// SPDX-License-Identifier: Apache-2.0
// How an error becomes an answer: RFC 9457 problem details, one status and one title per code, nothing internal.
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import type { DomainError, FieldFault, KitErrorCode } from '../errors.ts';
import { requestIdOf } from '../log/request-log.ts';

export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** Seconds; where the same request may succeed later. An error's own `retryAfter` goes before it. */
  readonly retryAfter?: number;
}

/** Typed so that a code without status and title does not compile. */
export type ProblemKinds<Code extends string> = Readonly<Record<Code | KitErrorCode, ProblemKind>>;

export interface ProblemOptions<Code extends string, Field extends FieldFault> {
  readonly kinds: ProblemKinds<Code>;
  /** Before the code in `type`, such as `urn:inkseal:error:`. */
  readonly typeBase: string;
  /** Before the request id in `instance`. */
  readonly instanceBase: string;
  /** Of WWW-Authenticate, with each 401. */
  readonly challenge: string;
  /** Gives what a library or the database threw its code; `internal` where nobody knows better. */
  recognise(thrown: unknown): DomainError<Code, Field>;
}

/** Further members of an answer, by the title of its code. */
export type MoreMembers = (title: string) => Readonly<Record<string, string>>;

export interface Problems<Code extends string, Field extends FieldFault> {
  send(req: Request, res: Response, error: DomainError<Code, Field>): void;
  /** The last handler of the application, or of pages whose scripts expect more members in each answer. */
  handler(logger: Logger, more?: MoreMembers): ErrorRequestHandler;
}

export function createProblems<Code extends string, Field extends FieldFault>(
  options: ProblemOptions<Code, Field>,
): Problems<Code, Field> {
  const { kinds, typeBase, instanceBase, challenge, recognise } = options;

  function send(req: Request, res: Response, error: DomainError<Code, Field>, more?: MoreMembers): void {
    const { code, details, errors } = error;
    const { status, title, retryAfter } = kinds[code];
    const wait = error.retryAfter ?? retryAfter;
    if (wait !== undefined) res.setHeader('Retry-After', String(Math.max(1, Math.ceil(wait))));
    if (status === 401) res.setHeader('WWW-Authenticate', challenge);
    res.status(status).setHeader('Content-Type', 'application/problem+json');
    res.setHeader('Cache-Control', 'no-store');
    res.end(
      JSON.stringify({
        type: `${typeBase}${code}`,
        title,
        status,
        code,
        instance: `${instanceBase}${requestIdOf(req)}`,
        ...(Object.keys(details).length > 0 ? { details } : {}),
        ...(errors.length > 0 ? { errors } : {}),
        ...more?.(title),
      }),
    );
  }

  const handler =
    (logger: Logger, more?: MoreMembers): ErrorRequestHandler =>
    (thrown, req, res, _next) => {
      const error = recognise(thrown);
      const context = { err: error.cause ?? error, requestId: requestIdOf(req) };
      const message: string = error.code;
      if (kinds[error.code].status >= 500) logger.error(context, message);
      // An answer that has begun can only be cut off, so that nobody takes it for whole.
      if (res.headersSent) req.socket.destroy();
      else send(req, res, error, more);
    };

  return { send, handler };
}
