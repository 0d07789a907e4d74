// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { FindCertificate } from '../attestations/index.ts';
import { attestationListQuerySchema, hasFile, listAttestations } from '../attestations/index.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, type Member, memberOf } from '../http/members.ts';
import { ORIGINAL_TYPES } from '../http/original-media.ts';
import { pasted, recordId } from '../http/validation.ts';
import { makeThumbnail, type Originals } from '../works/index.ts';
import { decisionSchema, revocationSchema, staffAttestationSchema, staffSummarySchema } from './reviews.schema.ts';
import type { ReviewParts, Reviews } from './reviews.ts';
import { REVIEWABLE, staffSummary, viewForStaff } from './reviews.view.ts';

const access = { staff: ['reviewer', 'senior-reviewer'] } as const;
const params = z.object({ id: recordId });
/** Text that is no number is not found, like a number that nobody has. */
const numberParams = z.object({
  number: pasted(z.string().regex(/^[1-9]\d{0,19}$/))
    .catch('0')
    .meta({ example: '100000000000000123' }),
});
const fileParams = z.object({ id: recordId, uploadId: recordId });

export interface ReviewRouteParts extends Pick<ReviewParts, 'db'> {
  reviews: Reviews;
  originals: Originals;
  certificateOf: FindCertificate;
}

export function reviewEndpoints(parts: ReviewRouteParts): Endpoint[] {
  return [...readEndpoints(parts), ...fileEndpoints(parts), ...decisionEndpoints(parts)];
}

function readEndpoints(parts: ReviewRouteParts): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/staff/attestations',
      summary: 'Orders for review; state UNDER_REVIEW is the queue',
      access,
      query: attestationListQuerySchema,
      answer: z.object({ items: z.array(staffSummarySchema), next: z.string().nullable() }),
      async run({ query, req }) {
        const { items, next } = await listAttestations(parts.db, { states: REVIEWABLE }, query);
        return { items: items.map((item) => staffSummary(item, memberOf(req).id)), next };
      },
    }),
    endpoint({
      method: 'get',
      path: '/staff/attestations/{id}',
      summary: 'An order, its past rounds and what changed since',
      access,
      params,
      answer: staffAttestationSchema,
      errors: ['attestation-not-found', 'stored-object-damaged'],
      async run({ params: { id }, req }) {
        const member = memberOf(req);
        const view = await viewForStaff(parts, { id, staffId: member.id });
        await noteLook(parts, member, { action: 'attestation.look', id });
        return view;
      },
    }),
  ];
}

function fileEndpoints(parts: ReviewRouteParts): Endpoint[] {
  const { db, originals } = parts;
  const open = async (member: Member, { id, uploadId }: { id: string; uploadId: string }, action: string) => {
    const { changes } = await viewForStaff(parts, { id, staffId: member.id });
    // What was removed or replaced since the last round can still be compared.
    const isCompared = changes.some(({ files }) => files?.before?.uploadId === uploadId);
    if (!isCompared && !(await hasFile(db, { id, uploadId }))) throw new DomainError('file-not-found');
    await noteLook(parts, member, { action, id, uploadId });
  };
  return [
    endpoint({
      method: 'get',
      path: '/staff/attestations/{id}/files/{uploadId}/content',
      summary: 'The original of a file of an order; every look is recorded',
      access,
      params: fileParams,
      media: ORIGINAL_TYPES,
      hasRanges: true,
      errors: ['attestation-not-found', 'file-not-found', 'store-unavailable', 'stored-object-damaged'],
      async run({ params: wanted, req, res }) {
        await open(memberOf(req), wanted, 'file.read');
        await originals.send(wanted.uploadId, req, res);
        return undefined;
      },
    }),
    endpoint({
      method: 'get',
      path: '/staff/attestations/{id}/files/{uploadId}/thumbnail',
      summary: 'A small picture of an image file of an order; every look is recorded',
      access,
      params: fileParams,
      media: 'image/webp',
      errors: ['attestation-not-found', 'file-not-found', 'store-unavailable', 'stored-object-damaged'],
      async run({ params: wanted, req, res }) {
        await open(memberOf(req), wanted, 'file.glance');
        const picture = await makeThumbnail(await originals.readImage(wanted.uploadId));
        res.set('Cache-Control', 'private, no-store').type('image/webp').send(picture);
        return undefined;
      },
    }),
  ];
}

function decisionEndpoints(parts: ReviewRouteParts): Endpoint[] {
  const { reviews } = parts;
  return [
    endpoint({
      method: 'post',
      path: '/staff/attestations/{id}/decision',
      summary: 'Approve, return or reject; the last two with reasons',
      access,
      params,
      body: decisionSchema,
      answer: staffAttestationSchema,
      errors: ['attestation-not-found', 'review-conflict'],
      async run({ params: { id }, body, req }) {
        const staffId = memberOf(req).id;
        await reviews.decide(staffId, id, body);
        return viewForStaff(parts, { id, staffId });
      },
    }),
    endpoint({
      method: 'post',
      path: '/staff/certificates/{number}/revocation',
      summary: 'Revoke a certificate on the chain',
      access,
      params: numberParams,
      body: revocationSchema,
      status: 202,
      answer: z.object({ number: z.string() }),
      errors: ['number-not-found'],
      async run({ params: { number }, body, req }) {
        await reviews.revoke(memberOf(req).id, number, body.reason);
        return { number };
      },
    }),
  ];
}

/** Who looked at what, before he sees it. */
function noteLook(
  { db }: Pick<ReviewRouteParts, 'db'>,
  member: Member,
  { action, id, uploadId }: { action: string; id: string; uploadId?: string },
): Promise<void> {
  const detail = { reason: 'review', ...(uploadId ? { uploadId } : {}) };
  return db.transaction(async (tx) => {
    tx.record({ actor: actorOf(member), action, subject: `attestation:${id}`, detail });
  });
}
