// SPDX-License-Identifier: Apache-2.0
import type { ViewParts } from '../attestations/index.ts';
import { hasFile, listAttestations, REVIEWABLE } from '../attestations/index.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import type { Likenesses } from '../likeness/index.ts';
import { noteLook, summaryForStaff } from '../orders/index.ts';
import {
  type FileGuard,
  fileEndpoints,
  makeThumbnail,
  type Originals,
  ownOrganisations,
  sendThumbnail,
} from '../works/index.ts';
import { compareFiles } from './compare-files.ts';
import { reviewApi } from './reviews.api.ts';
import type { ReviewParts, Reviews } from './reviews.ts';
import { orderForStaff } from './reviews.view.ts';

export interface ReviewRouteParts extends Pick<ReviewParts, 'db'>, Pick<ViewParts, 'certificateOf' | 'rightHolders'> {
  reviews: Reviews;
  originals: Originals;
  likenesses: Likenesses;
}

export function reviewEndpoints(parts: ReviewRouteParts): Endpoint[] {
  return [
    ...readEndpoints(parts),
    ...fileEndpoints(reviewApi, parts.originals, allowReviewer(parts)),
    ...likenessEndpoints(parts),
    ...decisionEndpoints(parts),
  ];
}

function readEndpoints(parts: ReviewRouteParts): Endpoint[] {
  return [
    endpoint(reviewApi.list, async ({ query, req }) => {
      const staffId = memberOf(req).id;
      const organisations = await ownOrganisations(parts.db.prisma, staffId);
      const { items, next } = await listAttestations(parts.db.prisma, { states: REVIEWABLE }, query);
      return { items: items.map((item) => summaryForStaff(item, { staffId, organisations })), next };
    }),
    endpoint(reviewApi.read, async ({ params: { id }, req }) => {
      const member = memberOf(req);
      const view = await orderForStaff(parts, { id, staffId: member.id });
      await noteLook(parts.db, member, { action: 'attestation.look', subject: `attestation:${id}` });
      return view;
    }),
  ];
}

function allowReviewer(parts: ReviewRouteParts): FileGuard {
  return {
    async allow(req, { id, uploadId }, kind) {
      const member = memberOf(req);
      const { changes } = await orderForStaff(parts, { id, staffId: member.id });
      // What was removed or replaced since the last round can still be compared.
      const isCompared = changes.some(({ files }) => files?.before?.uploadId === uploadId);
      if (!isCompared && !(await hasFile(parts.db.prisma, { id, uploadId }))) throw new DomainError('file-not-found');
      await noteLook(parts.db, member, { action: `file.${kind}`, subject: `attestation:${id}`, uploadId });
    },
    mayKeep: false,
  };
}

function likenessEndpoints(parts: ReviewRouteParts): Endpoint[] {
  const { originals } = parts;
  return [
    endpoint(reviewApi.likenesses, async ({ params: { id }, req }) => {
      const member = memberOf(req);
      const files = await compareFiles(parts, { id, staffId: member.id });
      await noteLook(parts.db, member, { action: 'attestation.compare', subject: `attestation:${id}` });
      return { files };
    }),
    endpoint(reviewApi.likenessThumbnail, async ({ params: { id, uploadId }, req, res }) => {
      const member = memberOf(req);
      const files = await compareFiles(parts, { id, staffId: member.id });
      // Only what is shown beside this order's files: the address opens no other file.
      const isFound = files.some(({ likenesses }) => likenesses.some((each) => each.uploadId === uploadId));
      if (!isFound) throw new DomainError('file-not-found');
      const read = await originals.readImage(uploadId);
      await noteLook(parts.db, member, { action: 'file.compare', subject: `attestation:${id}`, uploadId });
      sendThumbnail(res, await makeThumbnail(read), false);
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
      return orderForStaff(parts, { id, staffId });
    }),
    endpoint(reviewApi.revoke, async ({ params: { number }, body, req }) => {
      await reviews.revoke(memberOf(req).id, number, body.reason);
      return { number };
    }),
  ];
}
