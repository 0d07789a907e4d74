// SPDX-License-Identifier: Apache-2.0
import type { Response } from 'express';
import type { ViewParts } from '../attestations/index.ts';
import { hasFile, listAttestations, REVIEWABLE } from '../attestations/index.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, type Member, memberOf } from '../http/members.ts';
import type { Likenesses } from '../likeness/index.ts';
import { makeThumbnail, type Originals, ownOrganisations } from '../works/index.ts';
import { compareFiles } from './compare-files.ts';
import { reviewApi } from './reviews.api.ts';
import type { ReviewParts, Reviews } from './reviews.ts';
import { staffSummary, viewForStaff } from './reviews.view.ts';

export interface ReviewRouteParts extends Pick<ReviewParts, 'db'>, Pick<ViewParts, 'certificateOf' | 'rightHolders'> {
  reviews: Reviews;
  originals: Originals;
  likenesses: Likenesses;
}

export function reviewEndpoints(parts: ReviewRouteParts): Endpoint[] {
  return [...readEndpoints(parts), ...fileEndpoints(parts), ...likenessEndpoints(parts), ...decisionEndpoints(parts)];
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
      sendThumbnail(res, await makeThumbnail(await originals.readImage(wanted.uploadId)));
      return undefined;
    }),
  ];
}

function likenessEndpoints(parts: ReviewRouteParts): Endpoint[] {
  const { originals } = parts;
  return [
    endpoint(reviewApi.likenesses, async ({ params: { id }, req }) => {
      const member = memberOf(req);
      const files = await compareFiles(parts, { id, staffId: member.id });
      await noteLook(parts, member, { action: 'attestation.compare', id });
      return { files };
    }),
    endpoint(reviewApi.likenessThumbnail, async ({ params: { id, uploadId }, req, res }) => {
      const member = memberOf(req);
      const files = await compareFiles(parts, { id, staffId: member.id });
      // Only what is shown beside this order's files: the address opens no other file.
      const isFound = files.some(({ likenesses }) => likenesses.some((each) => each.uploadId === uploadId));
      if (!isFound) throw new DomainError('file-not-found');
      const read = await originals.readImage(uploadId);
      await noteLook(parts, member, { action: 'file.compare', id, uploadId });
      sendThumbnail(res, await makeThumbnail(read));
      return undefined;
    }),
  ];
}

function sendThumbnail(res: Response, picture: Buffer): void {
  res.set('Cache-Control', 'private, no-store').type('image/webp').send(picture);
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
