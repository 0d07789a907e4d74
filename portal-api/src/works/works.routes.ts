// SPDX-License-Identifier: Apache-2.0
import type { Request, Response } from 'express';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { ORIGINAL_TYPES } from '../http/original-media.ts';
import { recordId } from '../http/validation.ts';
import { makeThumbnail } from './thumbnail.ts';
import type { Works } from './work.ts';
import {
  workFormSchema,
  workListQuerySchema,
  workSchema,
  workSummarySchema,
  workUpdateSchema,
} from './works.schema.ts';
import type { WorkStore } from './works.store.ts';

/** Originals, for a reader who may have them. */
export interface Originals {
  /** Answers with the file, or the range asked for, as a download. */
  send(uploadId: string, req: Request, res: Response): Promise<void>;
  /** The whole file, when a picture of it can be made; `file-not-found` otherwise. */
  readImage(uploadId: string): Promise<() => Promise<Buffer>>;
}

const workParams = z.object({ id: recordId });
const fileParams = z.object({ id: recordId, uploadId: recordId });

interface WorkParts {
  works: Works;
  store: WorkStore;
  originals: Originals;
}

export function workEndpoints(parts: WorkParts): Endpoint[] {
  return [...readEndpoints(parts), ...changeEndpoints(parts), ...fileEndpoints(parts)];
}

function readEndpoints({ store }: Pick<WorkParts, 'store'>): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/works',
      summary: 'My works',
      access: 'verified',
      query: workListQuerySchema,
      answer: z.object({ items: z.array(workSummarySchema), next: z.string().nullable() }),
      run: ({ query, req }) => store.list(memberOf(req).id, query),
    }),
    endpoint({
      method: 'get',
      path: '/works/{id}',
      summary: 'A work of mine',
      access: 'verified',
      params: workParams,
      answer: workSchema,
      errors: ['work-not-found'],
      run: ({ params, req }) => store.find(memberOf(req).id, params.id),
    }),
  ];
}

function changeEndpoints({ works, store }: Pick<WorkParts, 'works' | 'store'>): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/works',
      summary: 'Save a new work, as a draft or to the archive',
      access: 'verified',
      body: workFormSchema,
      status: 201,
      answer: workSchema,
      async run({ body, req }) {
        const { id } = memberOf(req);
        return store.find(id, await works.create(id, body));
      },
    }),
    endpoint({
      method: 'put',
      path: '/works/{id}',
      summary: 'Save the whole form again',
      access: 'verified',
      params: workParams,
      body: workUpdateSchema,
      answer: workSchema,
      errors: ['work-not-found', 'work-under-review', 'version-conflict', 'state-conflict'],
      async run({ params, body: { version, ...form }, req }) {
        const { id } = memberOf(req);
        await works.update(id, { id: params.id, version }, form);
        return store.find(id, params.id);
      },
    }),
    endpoint({
      method: 'delete',
      path: '/works/{id}',
      summary: 'Delete a work; one that ever had an order is hidden',
      access: 'verified',
      params: workParams,
      errors: ['work-not-found', 'work-under-review'],
      async run({ params, req }) {
        await works.remove(memberOf(req).id, params.id);
        return undefined;
      },
    }),
  ];
}

function fileEndpoints({ store, originals }: Pick<WorkParts, 'store' | 'originals'>): Endpoint[] {
  const requireFile = async (req: Request, { id, uploadId }: { id: string; uploadId: string }) => {
    if (!(await store.hasFile(memberOf(req).id, id, uploadId))) throw new DomainError('file-not-found');
  };
  return [
    endpoint({
      method: 'get',
      path: '/works/{id}/files/{uploadId}/content',
      summary: 'The original of a file of my work; ranges are served',
      access: 'verified',
      params: fileParams,
      media: ORIGINAL_TYPES,
      hasRanges: true,
      errors: ['file-not-found', 'store-unavailable', 'stored-object-damaged'],
      async run({ params, req, res }) {
        await requireFile(req, params);
        await originals.send(params.uploadId, req, res);
        return undefined;
      },
    }),
    endpoint({
      method: 'get',
      path: '/works/{id}/files/{uploadId}/thumbnail',
      summary: 'A small picture of an image file of my work',
      access: 'verified',
      params: fileParams,
      media: 'image/webp',
      errors: ['file-not-found', 'store-unavailable', 'stored-object-damaged'],
      async run({ params, req, res }) {
        await requireFile(req, params);
        const picture = await makeThumbnail(await originals.readImage(params.uploadId));
        res.set('Cache-Control', 'private, max-age=3600').type('image/webp').send(picture);
        return undefined;
      },
    }),
  ];
}
