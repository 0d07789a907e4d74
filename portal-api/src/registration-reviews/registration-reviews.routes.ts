// SPDX-License-Identifier: Apache-2.0
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, type Member, memberOf } from '../http/members.ts';
import { hasDocument, type Level, listRegistrations, REVIEWABLE, type ViewParts } from '../registrations/index.ts';
import { makeThumbnail, type Originals, ownOrganisations } from '../works/index.ts';
import { registrationReviewApi } from './registration-reviews.api.ts';
import type { RegistrationReviews } from './registration-reviews.ts';
import { staffSummary, viewForStaff } from './registration-reviews.view.ts';

export interface RegistrationReviewRouteParts extends ViewParts {
  reviews: RegistrationReviews;
  originals: Originals;
}

export function registrationReviewEndpoints(parts: RegistrationReviewRouteParts): Endpoint[] {
  return [...readEndpoints(parts), ...fileEndpoints(parts), ...decisionEndpoints(parts)];
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
      const view = await viewForStaff(parts, { id, staffId: member.id });
      await noteLook(parts, member, { action: 'registration.look', id });
      return view;
    }),
  ];
}

function fileEndpoints(parts: RegistrationReviewRouteParts): Endpoint[] {
  const { db, originals } = parts;
  const open = async (member: Member, { id, uploadId }: { id: string; uploadId: string }, action: string) => {
    const { changes } = await viewForStaff(parts, { id, staffId: member.id });
    // What was removed or replaced since the last round can still be compared.
    const isCompared = changes.some(({ files }) => files?.before?.uploadId === uploadId);
    if (!isCompared && !(await hasDocument(db.prisma, { id, uploadId }))) throw new DomainError('file-not-found');
    await noteLook(parts, member, { action, id, uploadId });
  };
  return [
    endpoint(registrationReviewApi.fileContent, async ({ params: wanted, req, res }) => {
      await open(memberOf(req), wanted, 'file.read');
      await originals.send(wanted.uploadId, req, res);
      return undefined;
    }),
    endpoint(registrationReviewApi.fileThumbnail, async ({ params: wanted, req, res }) => {
      await open(memberOf(req), wanted, 'file.glance');
      const picture = await makeThumbnail(await originals.readImage(wanted.uploadId));
      res.set('Cache-Control', 'private, no-store').type('image/webp').send(picture);
      return undefined;
    }),
  ];
}

function decisionEndpoints(parts: RegistrationReviewRouteParts): Endpoint[] {
  const { reviews } = parts;
  const decision = (api: (typeof registrationReviewApi)['decideInitial' | 'decideFinal'], level: Level) =>
    endpoint(api, async ({ params: { id }, body, req }) => {
      const staffId = memberOf(req).id;
      await reviews.decide(staffId, id, level, body);
      return viewForStaff(parts, { id, staffId });
    });
  return [
    decision(registrationReviewApi.decideInitial, 'INITIAL'),
    decision(registrationReviewApi.decideFinal, 'FINAL'),
    endpoint(registrationReviewApi.revoke, async ({ params: { id }, body, req }) => ({
      registrationNumber: await reviews.revoke(memberOf(req).id, id, body.reason),
    })),
  ];
}

/** Records who views what, before it is shown. */
function noteLook(
  { db }: Pick<RegistrationReviewRouteParts, 'db'>,
  member: Member,
  { action, id, uploadId }: { action: string; id: string; uploadId?: string },
): Promise<void> {
  const detail = { reason: 'review', ...(uploadId ? { uploadId } : {}) };
  return db.transaction(async (tx) => {
    tx.record({ actor: actorOf(member.owner), action, subject: `registration:${id}`, detail });
  });
}
