// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { ORIGINAL_TYPES } from '../http/original-media.ts';
import { recordId } from '../http/validation.ts';
import { makeThumbnail, type Originals } from '../works/index.ts';
import {
  attestationListQuerySchema,
  attestationSchema,
  attestationSummarySchema,
  attestationUpdateSchema,
  creationSchema,
  fileLookupSchema,
  submissionSchema,
} from './attestations.schema.ts';
import type { Attestations } from './attestations.ts';
import { type FindCertificate, hasFile, listAttestations, viewAttestation } from './attestations.view.ts';

const params = z.object({ id: recordId });
const fileParams = z.object({ id: recordId, uploadId: recordId });

export interface AttestationRouteParts {
  db: Database;
  attestations: Attestations;
  originals: Originals;
  certificateOf: FindCertificate;
}

export function attestationEndpoints(parts: AttestationRouteParts): Endpoint[] {
  return [...readEndpoints(parts), ...formEndpoints(parts), ...stepEndpoints(parts), ...fileEndpoints(parts)];
}

function readEndpoints(parts: AttestationRouteParts): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/attestations',
      summary: 'My attestation orders',
      access: 'verified',
      query: attestationListQuerySchema,
      answer: z.object({ items: z.array(attestationSummarySchema), next: z.string().nullable() }),
      async run({ query, req }) {
        const { items, next } = await listAttestations(parts.db, { accountId: memberOf(req).id }, query);
        return { items: items.map(({ accountId: _a, userNumber: _u, round: _r, ...item }) => item), next };
      },
    }),
    endpoint({
      method: 'get',
      path: '/attestations/{id}',
      summary: 'An order of mine',
      access: 'verified',
      params,
      answer: attestationSchema,
      errors: ['attestation-not-found', 'stored-object-damaged'],
      run: (request) => view(parts, request.req, request.params.id),
    }),
  ];
}

function formEndpoints(parts: AttestationRouteParts): Endpoint[] {
  const { attestations } = parts;
  return [
    endpoint({
      method: 'post',
      path: '/attestations',
      summary: 'A draft made of a work; the one there is, when there is one',
      access: 'verified',
      body: creationSchema,
      status: 201,
      answer: attestationSchema,
      errors: ['work-not-found', 'state-conflict'],
      run: async ({ body, req }) => view(parts, req, await attestations.create(memberOf(req).id, body.workId)),
    }),
    endpoint({
      method: 'put',
      path: '/attestations/{id}',
      summary: 'Save the whole form of a draft, or of an order that was returned',
      access: 'verified',
      params,
      body: attestationUpdateSchema,
      answer: attestationSchema,
      errors: ['attestation-not-found', 'version-conflict', 'state-conflict'],
      async run({ params: { id }, body: { version, ...form }, req }) {
        await attestations.update(memberOf(req).id, { id, version }, form);
        return view(parts, req, id);
      },
    }),
    endpoint({
      method: 'delete',
      path: '/attestations/{id}',
      summary: 'Delete a draft',
      access: 'verified',
      params,
      errors: ['attestation-not-found', 'state-conflict'],
      async run({ params: { id }, req }) {
        await attestations.remove(memberOf(req).id, id);
        return undefined;
      },
    }),
  ];
}

function stepEndpoints(parts: AttestationRouteParts): Endpoint[] {
  const { attestations } = parts;
  const steps = { submission: 'submit', resubmission: 'resubmit' } as const;
  const submissions = (['submission', 'resubmission'] as const).map((step) =>
    endpoint({
      method: 'post',
      path: `/attestations/{id}/${step}`,
      summary:
        step === 'submission' ? 'Submit: the content is frozen' : 'Submit a returned order again, free of charge',
      access: 'verified',
      params,
      body: submissionSchema,
      answer: attestationSchema,
      errors: [
        'attestation-not-found',
        'work-not-found',
        'version-conflict',
        'state-conflict',
        'stored-object-damaged',
      ],
      async run({ params: { id }, body: { version }, req }) {
        await attestations[steps[step]](memberOf(req).id, { id, version });
        return view(parts, req, id);
      },
    }),
  );
  const cancellation = endpoint({
    method: 'post',
    path: '/attestations/{id}/cancellation',
    summary: 'Cancel an order that is not paid',
    access: 'verified',
    params,
    body: z.strictObject({}),
    answer: attestationSchema,
    errors: ['attestation-not-found', 'state-conflict'],
    async run({ params: { id }, req }) {
      await attestations.cancel(memberOf(req).id, id);
      return view(parts, req, id);
    },
  });
  const fileLookup = endpoint({
    method: 'put',
    path: '/attestations/{id}/file-lookup',
    summary: 'Whether the certificate of my order is found by its files',
    access: 'verified',
    params,
    body: fileLookupSchema,
    answer: attestationSchema,
    errors: ['attestation-not-found', 'stored-object-damaged'],
    async run({ params: { id }, body: { isFoundByFile }, req }) {
      await attestations.allowFileLookup(memberOf(req).id, id, isFoundByFile);
      return view(parts, req, id);
    },
  });
  return [...submissions, cancellation, fileLookup];
}

function fileEndpoints({ db, originals }: AttestationRouteParts): Endpoint[] {
  const requireFile = async (accountId: string, { id, uploadId }: { id: string; uploadId: string }) => {
    if (!(await hasFile(db, { id, uploadId, accountId }))) throw new DomainError('file-not-found');
  };
  return [
    endpoint({
      method: 'get',
      path: '/attestations/{id}/files/{uploadId}/content',
      summary: 'The original of a file of my order; ranges are served',
      access: 'verified',
      params: fileParams,
      media: ORIGINAL_TYPES,
      hasRanges: true,
      errors: ['file-not-found', 'store-unavailable', 'stored-object-damaged'],
      async run({ params: wanted, req, res }) {
        await requireFile(memberOf(req).id, wanted);
        await originals.send(wanted.uploadId, req, res);
        return undefined;
      },
    }),
    endpoint({
      method: 'get',
      path: '/attestations/{id}/files/{uploadId}/thumbnail',
      summary: 'A small picture of an image file of my order',
      access: 'verified',
      params: fileParams,
      media: 'image/webp',
      errors: ['file-not-found', 'store-unavailable', 'stored-object-damaged'],
      async run({ params: wanted, req, res }) {
        await requireFile(memberOf(req).id, wanted);
        const picture = await makeThumbnail(await originals.readImage(wanted.uploadId));
        res.set('Cache-Control', 'private, max-age=3600').type('image/webp').send(picture);
        return undefined;
      },
    }),
  ];
}

function view(parts: AttestationRouteParts, req: Parameters<typeof memberOf>[0], id: string) {
  return viewAttestation(parts, { id, accountId: memberOf(req).id });
}
