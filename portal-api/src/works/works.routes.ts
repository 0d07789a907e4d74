// SPDX-License-Identifier: Apache-2.0
import type { Request, Response } from 'express';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { makeThumbnail } from './thumbnail.ts';
import type { Works } from './work.ts';
import { workApi } from './works.api.ts';
import type { WorkStore } from './works.store.ts';

/** Originals, for a reader who may have them. */
export interface Originals {
  /** Answers with the file, or the range asked for, as a download. */
  send(uploadId: string, req: Request, res: Response): Promise<void>;
  /** The whole file, when a picture of it can be made; `file-not-found` otherwise. */
  readImage(uploadId: string): Promise<() => Promise<Buffer>>;
}

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
    endpoint(workApi.list, ({ query, req }) => store.list(memberOf(req).owner, query)),
    endpoint(workApi.read, ({ params, req }) => store.find(memberOf(req).owner, params.id)),
  ];
}

function changeEndpoints({ works, store }: Pick<WorkParts, 'works' | 'store'>): Endpoint[] {
  return [
    endpoint(workApi.create, async ({ body: { id = newId(), ...form }, req }) => {
      const { owner } = memberOf(req);
      await works.create(owner, id, form);
      return store.find(owner, id);
    }),
    endpoint(workApi.update, async ({ params, body: { version, ...form }, req }) => {
      const { owner } = memberOf(req);
      await works.update(owner, { id: params.id, version }, form);
      return store.find(owner, params.id);
    }),
    endpoint(workApi.remove, async ({ params, req }) => {
      await works.remove(memberOf(req).owner, params.id);
      return undefined;
    }),
    endpoint(workApi.restore, async ({ params, req }) => {
      const { owner } = memberOf(req);
      await works.restore(owner, params.id);
      return store.find(owner, params.id);
    }),
  ];
}

function fileEndpoints({ store, originals }: Pick<WorkParts, 'store' | 'originals'>): Endpoint[] {
  const requireFile = async (req: Request, { id, uploadId }: { id: string; uploadId: string }) => {
    if (!(await store.hasFile(memberOf(req).owner, id, uploadId))) throw new DomainError('file-not-found');
  };
  return [
    endpoint(workApi.fileContent, async ({ params, req, res }) => {
      await requireFile(req, params);
      await originals.send(params.uploadId, req, res);
      return undefined;
    }),
    endpoint(workApi.fileThumbnail, async ({ params, req, res }) => {
      await requireFile(req, params);
      const picture = await makeThumbnail(await originals.readImage(params.uploadId));
      res.set('Cache-Control', 'private, max-age=3600').type('image/webp').send(picture);
      return undefined;
    }),
  ];
}
