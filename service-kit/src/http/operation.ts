// SPDX-License-Identifier: Apache-2.0
// What one method of one path takes and answers, and what the OpenAPI document (3.1) says of it. Services add who may call.
import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import type { ProblemKind } from './problems.ts';

export interface Operation<
  Code extends string,
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  method: 'get' | 'post' | 'put' | 'delete';
  /** OpenAPI's form, with {parameters}. */
  path: string;
  /** OpenAPI's `operationId`. */
  id?: string;
  summary: string;
  description?: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Takes the body as bytes instead. */
  bytes?: { mediaTypes: readonly string[]; limitBytes: number };
  /** Without it the answer is 204, or has one of the types of `media`. */
  answer?: Answer;
  media?: string | readonly string[];
  /** It answers to the header Range. */
  hasRanges?: boolean;
  /** 200 unless given. */
  status?: number;
  /** What the answer is, in a few words. */
  outcome?: string;
  /** Answers that are neither success nor problem, such as 304. */
  moreAnswers?: ZodOpenApiResponsesObject;
  /** Codes of its own that it may answer with. */
  errors?: readonly Code[];
}

/** What the document says of one method of one path, whoever serves it. */
export interface DescribedOperation {
  method: 'get' | 'post' | 'put' | 'delete' | 'head' | 'patch' | 'options';
  path: string;
  described: ZodOpenApiOperationObject;
}

const RANGE = z.object({
  Range: z
    .string()
    .regex(/^bytes=\d{0,15}-\d{0,15}$/)
    .optional()
    .meta({ description: 'One range of bytes; anything else is answered with the whole file' }),
});

/** Without the problems it may answer. */
export function describeOperation(operation: Operation<string>): ZodOpenApiOperationObject {
  const { id, summary, description, params, query, body, bytes, hasRanges } = operation;
  const content = body ? { 'application/json': { schema: body } } : bytes && contentOf(bytes.mediaTypes);
  return {
    ...(id ? { operationId: id } : {}),
    summary,
    ...(description ? { description } : {}),
    requestParams: {
      ...(isObject(params) ? { path: params } : {}),
      ...(isObject(query) ? { query } : {}),
      ...(hasRanges ? { header: RANGE } : {}),
    },
    ...(content ? { requestBody: { required: true, content } } : {}),
    responses: { ...successOf(operation), ...operation.moreAnswers },
  };
}

/** HEAD stands beside each GET: it is answered wherever GET is. */
export function describePaths(operations: readonly DescribedOperation[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const { method, path, described } of operations)
    paths[path] = { ...paths[path], [method]: described, ...(method === 'get' ? { head: headOf(described) } : {}) };
  return paths;
}

/** Adds the problems that it may answer; codes that share a status are described together. */
export function withProblems<Code extends string>(
  described: ZodOpenApiOperationObject,
  codes: Iterable<Code>,
  kinds: Readonly<Record<Code, ProblemKind>>,
): ZodOpenApiOperationObject {
  const byStatus = Map.groupBy(new Set(codes), (code) => kinds[code].status);
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const problems = [...byStatus].map(([status, sharing]) => {
    const description = sharing.map((code) => `\`${code}\`: ${kinds[code].title}`).join('. ');
    return [`${status}`, { description, content }];
  });
  return { ...described, responses: { ...described.responses, ...Object.fromEntries(problems) } };
}

/** The schema `Problem`, to which the problems refer. `fieldError` says what is wrong with one field. */
export function problemSchemaOf(codes: readonly string[], fieldError: z.ZodType) {
  return z
    .object({
      type: z.string(),
      title: z.string(),
      status: z.int(),
      code: z.enum(codes),
      instance: z.string().meta({ description: 'The request id, also in the logs' }),
      details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      errors: z.array(fieldError).optional(),
    })
    .meta({ id: 'Problem', description: 'RFC 9457 problem details' });
}

/** The same without bodies. */
function headOf(get: ZodOpenApiOperationObject): ZodOpenApiOperationObject {
  const responses = Object.entries(get.responses).map(([status, response]) => [
    status,
    { description: response && 'description' in response ? response.description : '' },
  ]);
  return {
    ...get,
    ...(get.operationId ? { operationId: `${get.operationId}Head` } : {}),
    summary: `${get.summary}: its headers alone`,
    responses: Object.fromEntries(responses),
  };
}

function successOf(operation: Operation<string>): ZodOpenApiResponsesObject {
  const { answer, media, hasRanges, status = 200, outcome: description = 'Done' } = operation;
  if (answer) return { [`${status}`]: { description, content: { 'application/json': { schema: answer } } } };
  if (!media) return { 204: { description } };
  const content = contentOf([media].flat());
  const whole = { [`${status}`]: { description, content } };
  if (!hasRanges) return whole;
  return {
    ...whole,
    206: { description: 'The range that the header Range asked for', content },
    416: { description: 'The file has no such range; Content-Range names its size' },
  };
}

function contentOf(mediaTypes: readonly string[]) {
  return Object.fromEntries(mediaTypes.map((type) => [type, {}]));
}

function isObject(schema: z.ZodType | undefined): schema is z.ZodObject {
  return schema?.def.type === 'object';
}
