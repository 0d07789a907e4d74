// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { FIELD_CODES } from '../errors.ts';
import { UploadState } from '../generated/prisma/enums.ts';
import { operation } from '../http/operation.ts';
import { pasted, recordId } from '../http/validation.ts';

const expectation = z.strictObject({
  sha256: pasted(z.string().regex(/^[0-9a-f]{64}$/), (text) => text.toLowerCase()).meta({
    description: 'Of the whole file, in hex',
    example: 'ab'.repeat(32),
  }),
});

export const uploadStatus = z
  .object({
    id: z.string(),
    name: z.string(),
    size: z.string().meta({ description: 'Bytes, decimal' }),
    receivedBytes: z.string(),
    state: z.enum(UploadState),
    mediaType: z.string().nullable().meta({ description: 'By magic bytes; null when they say nothing' }),
    sha256: z.string().nullable(),
    sm3: z.string().nullable(),
    firstByteAt: z.string().nullable(),
    completedAt: z.string().nullable(),
    expiresAt: z.string().nullable(),
    problems: z
      .array(
        z.object({
          code: z.enum(FIELD_CODES),
          characters: z.string().optional(),
          megapixels: z.int().optional(),
        }),
      )
      .meta({ description: 'Of a complete upload: what saving a work with it would refuse' }),
  })
  .meta({ id: 'UploadStatus' });

export const uploadApi = {
  status: operation({
    method: 'get',
    path: '/upload-status/{id}',
    summary: 'How an upload of mine stands; complete means encrypted, stored and hashed',
    access: 'member',
    params: z.object({ id: recordId }),
    answer: uploadStatus,
    errors: ['upload-not-found'],
  }),
  expectDigest: operation({
    method: 'put',
    path: '/upload-status/{id}/expected-digest',
    summary: 'State the digest of my file: an upload of other bytes is never complete',
    access: 'member',
    params: z.object({ id: recordId }),
    body: expectation,
    errors: ['upload-not-found', 'upload-corrupt'],
  }),
};
