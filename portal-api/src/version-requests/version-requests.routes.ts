// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf, type Owner } from '../http/members.ts';
import { noteLook } from '../orders/index.ts';
import { type Level, requireOwnRegistration } from '../registrations/index.ts';
import { type FileGuard, fileEndpoints, type Originals } from '../works/index.ts';
import { OPEN } from './version-request.ts';
import { staffVersionRequestApi, versionRequestApi } from './version-requests.api.ts';
import type { VersionRequests } from './version-requests.ts';
import { listForStaff, readForStaff, requestsOf } from './version-requests.view.ts';

export interface VersionRequestRouteParts {
  db: Database;
  requests: VersionRequests;
  originals: Originals;
}

export function versionRequestEndpoints(parts: VersionRequestRouteParts): Endpoint[] {
  return [
    ...ownerEndpoints(parts),
    ...staffEndpoints(parts),
    ...fileEndpoints(staffVersionRequestApi, parts.originals, allowReviewer(parts)),
  ];
}

function ownerEndpoints({ db, requests }: VersionRequestRouteParts): Endpoint[] {
  return [
    endpoint(versionRequestApi.list, ({ params: { id }, req }) => viewOf(db, id, memberOf(req).owner)),
    endpoint(versionRequestApi.ask, async ({ params: { id }, body, req }) => {
      const made = await requests.ask(memberOf(req).owner, id, body);
      const request = (await requestsOf(db.prisma, id)).find((each) => each.id === made);
      if (!request) throw new DomainError('version-request-not-found');
      return request;
    }),
    endpoint(versionRequestApi.withdraw, async ({ params: { id }, req }) => {
      await requests.withdraw(memberOf(req).owner, id);
      return viewOf(db, id, memberOf(req).owner);
    }),
  ];
}

async function viewOf({ prisma }: Database, id: string, owner: Owner) {
  await requireOwnRegistration(prisma, id, owner);
  const items = await requestsOf(prisma, id);
  const isRegistered = (await prisma.registration.count({ where: { id, state: 'REGISTERED' } })) > 0;
  return { canAsk: isRegistered && items.every(({ state }) => !OPEN.includes(state)), items };
}

function staffEndpoints({ db, requests }: VersionRequestRouteParts): Endpoint[] {
  const decision = (api: (typeof staffVersionRequestApi)['decideInitial' | 'decideFinal'], level: Level) =>
    endpoint(api, async ({ params: { id }, body, req }) => {
      const staffId = memberOf(req).id;
      await requests.decide(staffId, id, level, body);
      return readForStaff(db, id, staffId);
    });
  return [
    endpoint(staffVersionRequestApi.list, ({ query, req }) => listForStaff(db, memberOf(req).id, query)),
    endpoint(staffVersionRequestApi.read, async ({ params: { id }, req }) => {
      const member = memberOf(req);
      const view = await readForStaff(db, id, member.id);
      await noteLook(db, member, { action: 'version-request.look', subject: `version-request:${id}` });
      return view;
    }),
    decision(staffVersionRequestApi.decideInitial, 'INITIAL'),
    decision(staffVersionRequestApi.decideFinal, 'FINAL'),
  ];
}

function allowReviewer({ db }: VersionRequestRouteParts): FileGuard {
  return {
    async allow(req, { id, uploadId }, kind) {
      if ((await db.prisma.versionRequestFile.count({ where: { requestId: id, uploadId } })) === 0)
        throw new DomainError('file-not-found');
      await noteLook(db, memberOf(req), { action: `file.${kind}`, subject: `version-request:${id}`, uploadId });
    },
    mayKeep: false,
  };
}
