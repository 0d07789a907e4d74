// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import type { Domain } from '../domain.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { noteLook } from '../orders/index.ts';
import { type FileGuard, fileEndpoints, type Originals, type WorkStore } from '../works/index.ts';
import { DECIDERS, objectionApi, staffObjectionApi } from './objections.api.ts';
import { answerObjection, decideObjection, fileObjection, withdrawObjection } from './objections.ts';
import { listForStaff, objectionOf, objectionsOf, readForStaff, waitingObjections } from './objections.view.ts';

interface ObjectionNeeds {
  works: WorkStore;
  originals: Originals;
}

export function openObjections({ db }: { db: Database }, { works, originals }: ObjectionNeeds): Domain {
  return {
    endpoints: [
      ...memberEndpoints({ db, works }),
      ...staffEndpoints(db),
      ...fileEndpoints(objectionApi, originals, allowSide(db)),
      ...fileEndpoints(staffObjectionApi, originals, allowStaff(db)),
    ],
    queues: [{ name: 'objections', roles: DECIDERS, look: () => waitingObjections(db.prisma) }],
  };
}

function memberEndpoints(parts: { db: Database; works: WorkStore }): Endpoint[] {
  const { db } = parts;
  return [
    endpoint(objectionApi.list, async ({ req }) => ({ items: await objectionsOf(db.prisma, memberOf(req).owner) })),
    endpoint(objectionApi.file, async ({ body, req }) => {
      const { owner } = memberOf(req);
      return objectionOf(db.prisma, await fileObjection(parts, owner, body), owner);
    }),
    endpoint(objectionApi.answer, async ({ params: { id }, body, req }) => {
      const { owner } = memberOf(req);
      await answerObjection(db, owner, { id, words: body.words });
      return objectionOf(db.prisma, id, owner);
    }),
    endpoint(objectionApi.withdraw, async ({ params: { id }, req }) => {
      const { owner } = memberOf(req);
      await withdrawObjection(db, owner, id);
      return objectionOf(db.prisma, id, owner);
    }),
  ];
}

function staffEndpoints(db: Database): Endpoint[] {
  return [
    endpoint(staffObjectionApi.list, ({ query, req }) => listForStaff(db, memberOf(req).id, query)),
    endpoint(staffObjectionApi.read, async ({ params: { id }, req }) => {
      const member = memberOf(req);
      const view = await readForStaff(db, id, member.id);
      await noteLook(db, member, { action: 'objection.look', subject: `objection:${id}` });
      return view;
    }),
    endpoint(staffObjectionApi.decide, async ({ params: { id }, body, req }) => {
      const staffId = memberOf(req).id;
      await decideObjection(db, staffId, { ...body, id });
      return readForStaff(db, id, staffId);
    }),
  ];
}

const hasFile = async ({ prisma }: Database, objectionId: string, uploadId: string): Promise<boolean> =>
  (await prisma.objectionFile.count({ where: { objectionId, uploadId } })) > 0;

/** Whoever filed it, and the owner of the certificate. */
function allowSide(db: Database): FileGuard {
  return {
    async allow(req, { id, uploadId }) {
      const objection = await objectionOf(db.prisma, id, memberOf(req).owner).catch(() => undefined);
      if (!objection || !(await hasFile(db, id, uploadId))) throw new DomainError('file-not-found');
    },
    mayKeep: false,
  };
}

function allowStaff(db: Database): FileGuard {
  return {
    async allow(req, { id, uploadId }, kind) {
      if (!(await hasFile(db, id, uploadId))) throw new DomainError('file-not-found');
      await noteLook(db, memberOf(req), { action: `file.${kind}`, subject: `objection:${id}`, uploadId });
    },
    mayKeep: false,
  };
}
