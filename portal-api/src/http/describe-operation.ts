// SPDX-License-Identifier: Apache-2.0
// What the OpenAPI document says of one endpoint: what it takes, and everything it may answer.
import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import type { ErrorCode } from '../errors.ts';
import type { Access } from './members.ts';
import { PROBLEMS } from './problems.ts';

/** The parts of an endpoint's definition that are described. */
export interface Describable {
  method: string;
  summary: string;
  access: Access;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  bytes?: { mediaTypes: readonly string[] };
  answer?: z.ZodType;
  media?: string | readonly string[];
  hasRanges?: boolean;
  status?: number;
  errors?: readonly ErrorCode[];
}

/** An operation before it is known whether a session stands behind it. */
export interface Described {
  operation: Omit<ZodOpenApiOperationObject, 'responses'> & { responses: ZodOpenApiResponsesObject };
  codes: readonly ErrorCode[];
}

const RANGE = z.object({
  Range: z
    .string()
    .regex(/^bytes=\d{0,15}-\d{0,15}$/)
    .optional()
    .meta({ description: 'One range of bytes; anything else is answered with the whole file' }),
});

export function describeOperation(definition: Describable): Described {
  const { summary, params, query, body, bytes, hasRanges } = definition;
  const content = bytes && Object.fromEntries(bytes.mediaTypes.map((type) => [type, {}]));
  return {
    operation: {
      summary,
      requestParams: {
        ...(isObject(params) ? { path: params } : {}),
        ...(isObject(query) ? { query } : {}),
        ...(hasRanges ? { header: RANGE } : {}),
      },
      ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
      ...(content ? { requestBody: { required: true, content } } : {}),
      responses: successOf(definition),
    },
    codes: codesOf(definition),
  };
}

/** `sessionCodes` are those of the session and of the CSRF token, where these are asked for. */
export function finishOperation(
  { operation, codes }: Described,
  sessionCodes: readonly ErrorCode[],
): ZodOpenApiOperationObject {
  const all = new Set([...codes, ...sessionCodes]);
  return { ...operation, responses: { ...operation.responses, ...problems([...all]) } };
}

/** HEAD, which is answered wherever GET is: the same without bodies. */
export function headOf(get: ZodOpenApiOperationObject): ZodOpenApiOperationObject {
  const responses = Object.entries(get.responses).map(([status, response]) => [
    status,
    { description: response && 'description' in response ? response.description : '' },
  ]);
  return { ...get, summary: `${get.summary}: its headers alone`, responses: Object.fromEntries(responses) };
}

function successOf({ answer, media, hasRanges, status = 200 }: Describable): ZodOpenApiResponsesObject {
  if (answer) return { [`${status}`]: { description: 'Done', content: { 'application/json': { schema: answer } } } };
  if (!media) return { 204: { description: 'Done' } };
  const content = Object.fromEntries([media].flat().map((type) => [type, {}]));
  const whole = { [`${status}`]: { description: 'Done', content } };
  if (!hasRanges) return whole;
  return {
    ...whole,
    206: { description: 'The range that the header Range asked for', content },
    416: { description: 'The file has no such range; Content-Range names its size' },
  };
}

const COMMON_CODES: readonly ErrorCode[] = [
  'rate-limited',
  'internal',
  'database-unavailable',
  'store-unavailable',
  'not-ready',
];

function codesOf({ params, query, body, bytes, access, errors = [] }: Describable): ErrorCode[] {
  const codes = new Set<ErrorCode>([...errors, ...COMMON_CODES]);
  if (params || query || body) codes.add('invalid-request');
  if (body) codes.add('malformed-json');
  if (bytes) codes.add('overloaded');
  if (body || bytes) codes.add('request-timeout').add('payload-too-large').add('unsupported-media-type');
  if (access !== 'anyone') codes.add('unauthenticated');
  if (access === 'verified') codes.add('identity-required');
  if (typeof access === 'object') codes.add('forbidden');
  return [...codes];
}

function problems(codes: readonly ErrorCode[]): ZodOpenApiResponsesObject {
  const byStatus = Object.groupBy(codes, (each) => PROBLEMS[each].status);
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const entries = Object.entries(byStatus).map(([status, list = []]) => [
    status,
    { description: list.toSorted().join(', '), content },
  ]);
  return Object.fromEntries(entries);
}

function isObject(schema: z.ZodType | undefined): schema is z.ZodObject {
  return schema?.def.type === 'object';
}
