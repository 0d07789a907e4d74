// SPDX-License-Identifier: Apache-2.0
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { noteLook } from '../orders/index.ts';
import { hasDocument, type Level, listRegistrations, REVIEWABLE, type ViewParts } from '../registrations/index.ts';
import { type FileGuard, fileEndpoints, type Originals, ownOrganisations } from '../works/index.ts';
import { registrationReviewApi } from './registration-reviews.api.ts';
import type { RegistrationReviews } from './registration-reviews.ts';
import { registrationForStaff, staffSummary } from './registration-reviews.view.ts';

export interface RegistrationReviewRouteParts extends ViewParts {
  reviews: RegistrationReviews;
  originals: Originals;
}

export function registrationReviewEndpoints(parts: RegistrationReviewRouteParts): Endpoint[] {
  return [
    ...readEndpoints(parts),
    ...fileEndpoints(registrationReviewApi, parts.originals, allowReviewer(parts)),
    ...decisionEndpoints(parts),
  ];
}

function readEndpoints(parts: RegistrationReviewRouteParts): Endpoint[] {
  return [
    endpoint(registrationReviewApi.list, async ({ query, req }) => {
      const staffId = memberOf(req).id;
      const organisations = await ownOrganisations(parts.db.prisma, staffId);
      const { items, next } = await listRegistrations(parts.db.prisma, { accepted: REVIEWABLE }, query);
      return { items: items.map((item) => staffSummary(item, { staffId, organisations })), next };
    }),
    endpoint(registrationReviewApi.read, async ({ params: { id }, req }) => {
      const member = memberOf(req);
      const view = await registrationForStaff(parts, { id, staffId: member.id });
      await noteLook(parts.db, member, { action: 'registration.look', subject: `registration:${id}` });
      return view;
    }),
  ];
}

function allowReviewer(parts: RegistrationReviewRouteParts): FileGuard {
  return {
    async allow(req, { id, uploadId }, kind) {
      const member = memberOf(req);
      const { changes } = await registrationForStaff(parts, { id, staffId: member.id });
      // What was removed or replaced since the last round can still be compared.
      const isCompared = changes.some(({ files }) => files?.before?.uploadId === uploadId);
      if (!isCompared && !(await hasDocument(parts.db.prisma, { id, uploadId })))
        throw new DomainError('file-not-found');
      await noteLook(parts.db, member, { action: `file.${kind}`, subject: `registration:${id}`, uploadId });
    },
    mayKeep: false,
  };
}

function decisionEndpoints(parts: RegistrationReviewRouteParts): Endpoint[] {
  const { reviews } = parts;
  const decision = (api: (typeof registrationReviewApi)['decideInitial' | 'decideFinal'], level: Level) =>
    endpoint(api, async ({ params: { id }, body, req }) => {
      const staffId = memberOf(req).id;
      await reviews.decide(staffId, id, level, body);
      return registrationForStaff(parts, { id, staffId });
    });
  return [
    decision(registrationReviewApi.decideInitial, 'INITIAL'),
    decision(registrationReviewApi.decideFinal, 'FINAL'),
    endpoint(registrationReviewApi.revoke, async ({ params: { id }, body, req }) => ({
      registrationNumber: await reviews.revoke(memberOf(req).id, id, body.reason),
    })),
  ];
}
