// SPDX-License-Identifier: Apache-2.0
// What an endpoint takes and answers, and who may call it, apart from the code that runs: the OpenAPI document needs no more.
import {
  type DescribedOperation,
  describeOperation,
  type Operation as KitOperation,
  withProblems,
} from '@inkseal/service-kit';
import type { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import type { Access } from './members.ts';
import { PROBLEMS } from './problems.ts';
import type { LimitName } from './rate-limits.ts';

/** Its path is below /api/v1, such as `/works/{id}`. */
export interface Operation<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> extends KitOperation<ErrorCode, Params, Query, Body, Answer> {
  access: Access;
  limit?: LimitName;
}

/** Keeps the types of its schemas, for the code that runs. */
export function operation<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodUndefined,
>(definition: Operation<Params, Query, Body, Answer>): Operation<Params, Query, Body, Answer> {
  return definition;
}

/** `isOpen`: no session stands behind it. */
export function describeWithProblems(definition: Operation, { isOpen }: { isOpen: boolean }): DescribedOperation {
  const { method, path } = definition;
  const codes = isOpen ? codesOf(definition) : [...codesOf(definition), ...sessionCodesOf(method)];
  return { method, path, described: withProblems(describeOperation(definition), codes, PROBLEMS) };
}

const SAFE_METHODS = ['get', 'head', 'options'];

/** Of the session and of the CSRF token, which every endpoint with a session asks for. */
export function sessionCodesOf(method: DescribedOperation['method']): readonly ErrorCode[] {
  return SAFE_METHODS.includes(method) ? ['https-required'] : ['https-required', 'csrf-invalid'];
}

const COMMON_CODES: readonly ErrorCode[] = [
  'rate-limited',
  'internal',
  'database-unavailable',
  'store-unavailable',
  'not-ready',
];

function codesOf({ params, query, body, bytes, access, errors = [] }: Operation): ErrorCode[] {
  const codes: ErrorCode[] = [...errors, ...COMMON_CODES];
  if (params || query || body) codes.push('invalid-request');
  if (body) codes.push('malformed-json');
  if (bytes) codes.push('overloaded');
  if (body || bytes) codes.push('request-timeout', 'payload-too-large', 'unsupported-media-type');
  if (access !== 'anyone') codes.push('unauthenticated', 'acting-changed');
  if (access === 'verified' || access === 'manager') codes.push('identity-required');
  if (access === 'manager') codes.push('forbidden');
  if (typeof access === 'object') codes.push('forbidden', 'second-step-required');
  return codes;
}
