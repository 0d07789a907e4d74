// SPDX-License-Identifier: Apache-2.0
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { type FileGuard, fileEndpoints, type Originals } from './file-endpoints.ts';
import type { Works } from './work.ts';
import { workApi } from './works.api.ts';
import type { WorkStore } from './works.store.ts';

interface WorkParts {
  works: Works;
  store: WorkStore;
  originals: Originals;
}

export function workEndpoints(parts: WorkParts): Endpoint[] {
  return [
    ...readEndpoints(parts),
    ...changeEndpoints(parts),
    ...fileEndpoints(workApi, parts.originals, allowOwner(parts)),
  ];
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

function allowOwner({ store }: Pick<WorkParts, 'store'>): FileGuard {
  return {
    async allow(req, { id, uploadId }) {
      if (!(await store.hasFile(memberOf(req).owner, id, uploadId))) throw new DomainError('file-not-found');
    },
    mayKeep: true,
  };
}
