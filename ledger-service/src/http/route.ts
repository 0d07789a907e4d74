// SPDX-License-Identifier: Apache-2.0
// What a route is: an operation, which the OpenAPI document describes, and the code that answers it.
import type { Operation } from '@inkseal/service-kit';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { DomainError, type ErrorCode, type FieldError } from '../errors.ts';
import type { Principal, Scope } from './ports.ts';

/** `principal` is there exactly when the operation names a scope. */
export interface Exchange {
  request: Request;
  response: Response;
  principal: Principal;
}

export interface RouteOperation extends Operation<ErrorCode> {
  /** The right that the API key must have; without one nobody needs a key. */
  scope?: Scope;
  /** Largest body in bytes; a route without one reads none. */
  maxBodyBytes?: number;
}

export interface Route {
  readonly operation: RouteOperation;
  answer(exchange: Exchange): Promise<void>;
}

export const route = (operation: RouteOperation, answer: Route['answer']): Route => ({ operation, answer });

/** Parses parameters, a query or a small body, or throws `invalid-request` that names each wrong field. */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new DomainError('invalid-request', {}, { errors: parsed.error.issues.flatMap(fieldErrors) });
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((field) => ({ field, code: 'unknown' }));
  const field = issue.path.join('.');
  return [{ field, code: issue.code === 'invalid_type' && issue.input === undefined ? 'missing' : 'malformed' }];
}

export function sendJson(response: Response, status: number, body: unknown): void {
  response.status(status).setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}
