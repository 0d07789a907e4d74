// SPDX-License-Identifier: Apache-2.0
import type { ViewParts } from '../attestations/index.ts';
import { hasFile, listAttestations } from '../attestations/index.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, type Member, memberOf } from '../http/members.ts';
import { makeThumbnail, type Originals, ownOrganisations } from '../works/index.ts';
import { reviewApi } from './reviews.api.ts';
import type { ReviewParts, Reviews } from './reviews.ts';
import { REVIEWABLE, staffSummary, viewForStaff } from './reviews.view.ts';

export interface ReviewRouteParts extends Pick<ReviewParts, 'db'>, Pick<ViewParts, 'certificateOf' | 'rightHolders'> {
  reviews: Reviews;
  originals: Originals;
}

export function reviewEndpoints(parts: ReviewRouteParts): Endpoint[] {
  return [...readEndpoints(parts), ...fileEndpoints(parts), ...decisionEndpoints(parts)];
}

function readEndpoints(parts: ReviewRouteParts): Endpoint[] {
  return [
    endpoint(reviewApi.list, async ({ query, req }) => {
      const staffId = memberOf(req).id;
      const organisations = await ownOrganisations(parts.db.prisma, staffId);
      const { items, next } = await listAttestations(parts.db.prisma, { states: REVIEWABLE }, query);
      return { items: items.map((item) => staffSummary(item, { staffId, organisations })), next };
    }),
    endpoint(reviewApi.read, async ({ params: { id }, req }) => {
      const member = memberOf(req);
      const view = await viewForStaff(parts, { id, staffId: member.id });
      await noteLook(parts, member, { action: 'attestation.look', id });
      return view;
    }),
  ];
}

function fileEndpoints(parts: ReviewRouteParts): Endpoint[] {
  const { db, originals } = parts;
  const open = async (member: Member, { id, uploadId }: { id: string; uploadId: string }, action: string) => {
    const { changes } = await viewForStaff(parts, { id, staffId: member.id });
    // What was removed or replaced since the last round can still be compared.
    const isCompared = changes.some(({ files }) => files?.before?.uploadId === uploadId);
    if (!isCompared && !(await hasFile(db.prisma, { id, uploadId }))) throw new DomainError('file-not-found');
    await noteLook(parts, member, { action, id, uploadId });
  };
  return [
    endpoint(reviewApi.fileContent, async ({ params: wanted, req, res }) => {
      await open(memberOf(req), wanted, 'file.read');
      await originals.send(wanted.uploadId, req, res);
      return undefined;
    }),
    endpoint(reviewApi.fileThumbnail, async ({ params: wanted, req, res }) => {
      await open(memberOf(req), wanted, 'file.glance');
      const picture = await makeThumbnail(await originals.readImage(wanted.uploadId));
      res.set('Cache-Control', 'private, no-store').type('image/webp').send(picture);
      return undefined;
    }),
  ];
}

function decisionEndpoints(parts: ReviewRouteParts): Endpoint[] {
  const { reviews } = parts;
  return [
    endpoint(reviewApi.decide, async ({ params: { id }, body, req }) => {
      const staffId = memberOf(req).id;
      await reviews.decide(staffId, id, body);
      return viewForStaff(parts, { id, staffId });
    }),
    endpoint(reviewApi.revoke, async ({ params: { number }, body, req }) => {
      await reviews.revoke(memberOf(req).id, number, body.reason);
      return { number };
    }),
  ];
}

/** Records who views what, before it is shown. */
function noteLook(
  { db }: Pick<ReviewRouteParts, 'db'>,
  member: Member,
  { action, id, uploadId }: { action: string; id: string; uploadId?: string },
): Promise<void> {
  const detail = { reason: 'review', ...(uploadId ? { uploadId } : {}) };
  return db.transaction(async (tx) => {
    tx.record({ actor: actorOf(member.owner), action, subject: `attestation:${id}`, detail });
  });
}
