// SPDX-License-Identifier: Apache-2.0
// What the tus server serves, for the OpenAPI document: its router reads bodies by itself, so it has no endpoints.
import { type DescribedOperation, withProblems } from '@inkseal/service-kit';
import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import type { ErrorCode } from '../errors.ts';
import { sessionCodesOf } from '../http/operation.ts';
import { PROBLEMS } from '../http/problems.ts';

const CHUNK = 'application/offset+octet-stream';
const COMMON: readonly ErrorCode[] = [
  'invalid-request',
  'unauthenticated',
  'rate-limited',
  'internal',
  'database-unavailable',
  'not-ready',
];
const STORING: readonly ErrorCode[] = [...COMMON, 'payload-too-large', 'upload-conflict', 'store-unavailable'];

const bytes = z.string().regex(/^\d{1,15}$/);
const version = z.literal('1.0.0').meta({ description: 'Version of the tus protocol' });
const resumable = z.object({ 'Tus-Resumable': version });
const creation = resumable.extend({
  'Upload-Length': bytes.meta({ description: 'Bytes of the whole file' }),
  'Upload-Metadata': z.string().max(4_096).optional().meta({ description: '`filename` and its name in base64' }),
});
const chunk = resumable.extend({ 'Upload-Offset': bytes.meta({ description: 'Where the chunk begins' }) });
const path = z.object({ id: z.uuid() });

const created = z.object({ Location: z.string(), 'Tus-Resumable': version, 'Upload-Expires': z.string().optional() });
const received = z.object({ 'Tus-Resumable': version, 'Upload-Offset': bytes });
const standing = received.extend({ 'Upload-Length': bytes, 'Upload-Metadata': z.string().optional() });
const abilities = z.object({ 'Tus-Version': z.string(), 'Tus-Extension': z.string(), 'Tus-Max-Size': bytes });

const body = { content: { [CHUNK]: { schema: { type: 'string' as const, format: 'binary' } } } };

export const tusRoutes: readonly DescribedOperation[] = [
  route(
    'options',
    '/uploads',
    {
      summary: 'What this tus server can do',
      responses: { 204: { description: 'Version, extensions and largest size', headers: abilities } },
    },
    COMMON,
  ),
  route(
    'post',
    '/uploads',
    {
      summary: 'Begin a resumable upload (tus 1.0.0), with its first bytes if there are any',
      requestParams: { header: creation },
      requestBody: body,
      responses: { 201: { description: 'Begun; Location is its address', headers: created } },
    },
    [...STORING, 'upload-limit-reached'],
  ),
  route(
    'options',
    '/uploads/{id}',
    {
      summary: 'What this tus server can do',
      requestParams: { path },
      responses: { 204: { description: 'Version, extensions and largest size', headers: abilities } },
    },
    COMMON,
  ),
  route(
    'head',
    '/uploads/{id}',
    {
      summary: 'How many bytes of an upload of mine have arrived',
      requestParams: { path, header: resumable },
      responses: { 200: { description: 'Upload-Offset and Upload-Length say it', headers: standing } },
    },
    [...COMMON, 'upload-not-found', 'upload-conflict'],
  ),
  route(
    'patch',
    '/uploads/{id}',
    {
      summary: 'The next chunk, from the offset that has arrived',
      requestParams: { path, header: chunk },
      requestBody: { required: true, ...body },
      responses: { 204: { description: 'Stored; Upload-Offset is where the next one begins', headers: received } },
    },
    [...STORING, 'upload-not-found'],
  ),
  route(
    'delete',
    '/uploads/{id}',
    {
      summary: 'Give an upload up and delete what has arrived',
      requestParams: { path, header: resumable },
      responses: { 204: { description: 'Deleted', headers: resumable } },
    },
    [...COMMON, 'upload-not-found', 'upload-conflict', 'state-conflict'],
  ),
];

function route(
  method: DescribedOperation['method'],
  path: string,
  described: ZodOpenApiOperationObject,
  codes: readonly ErrorCode[],
): DescribedOperation {
  return { method, path, described: withProblems(described, [...codes, ...sessionCodesOf(method)], PROBLEMS) };
}
