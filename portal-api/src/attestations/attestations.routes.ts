// SPDX-License-Identifier: Apache-2.0
import type { Section } from '@inkseal/verifier';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf, type Owner } from '../http/members.ts';
import type { ChosenHolders } from '../right-holders/index.ts';
import { attachment } from '../uploads/index.ts';
import { type FileGuard, fileEndpoints, type Originals } from '../works/index.ts';
import { attestationApi } from './attestations.api.ts';
import type { Attestations } from './attestations.ts';
import { type FindCertificate, hasFile, listAttestations, viewAttestation } from './attestations.view.ts';

export interface AttestationRouteParts {
  db: Database;
  attestations: Attestations;
  originals: Originals;
  certificateOf: FindCertificate;
  rightHolders: Pick<ChosenHolders, 'show'>;
  /** Throws what a submission would. */
  requireComplete(owner: Owner, id: string): Promise<unknown>;
  /** What would go on record; throws the same. */
  sectionsToCome(owner: Owner, id: string): Promise<Section[]>;
  previewPdf: PreviewPdf;
}

/** The certificates' own domain draws it. */
export type PreviewPdf = (sections: readonly Section[]) => Promise<Buffer>;

export function attestationEndpoints(parts: AttestationRouteParts): Endpoint[] {
  return [
    ...readEndpoints(parts),
    ...formEndpoints(parts),
    ...stepEndpoints(parts),
    ...previewEndpoints(parts),
    ...fileEndpoints(attestationApi, parts.originals, allowOwner(parts)),
  ];
}

function readEndpoints(parts: AttestationRouteParts): Endpoint[] {
  return [
    endpoint(attestationApi.list, async ({ query, req }) => {
      const { items, next } = await listAttestations(parts.db.prisma, { owner: memberOf(req).owner }, query);
      return {
        items: items.map(({ accountId: _a, organisationId: _o, userNumber: _u, round: _r, ...item }) => item),
        next,
      };
    }),
    endpoint(attestationApi.read, (request) => view(parts, request.req, request.params.id)),
  ];
}

function formEndpoints(parts: AttestationRouteParts): Endpoint[] {
  const { attestations } = parts;
  return [
    endpoint(attestationApi.create, async ({ body, req }) =>
      view(parts, req, await attestations.create(memberOf(req).owner, body.workId)),
    ),
    endpoint(attestationApi.update, async ({ params: { id }, body: { version, ...form }, req }) => {
      await attestations.update(memberOf(req).owner, { id, version }, form);
      return view(parts, req, id);
    }),
    endpoint(attestationApi.remove, async ({ params: { id }, req }) => {
      await attestations.remove(memberOf(req).owner, id);
      return undefined;
    }),
  ];
}

function stepEndpoints(parts: AttestationRouteParts): Endpoint[] {
  const { attestations } = parts;
  const submission = endpoint(attestationApi.submit, async ({ params: { id }, body, req }) => {
    await attestations.submit(memberOf(req).owner, { id, ...body });
    return view(parts, req, id);
  });
  const resubmission = endpoint(attestationApi.resubmit, async ({ params: { id }, body, req }) => {
    await attestations.resubmit(memberOf(req).owner, { id, ...body });
    return view(parts, req, id);
  });
  const cancellation = endpoint(attestationApi.cancel, async ({ params: { id }, req }) => {
    await attestations.cancel(memberOf(req).owner, id);
    return view(parts, req, id);
  });
  const fileLookup = endpoint(
    attestationApi.allowFileLookup,
    async ({ params: { id }, body: { isFoundByFile }, req }) => {
      await attestations.allowFileLookup(memberOf(req).owner, id, isFoundByFile);
      return view(parts, req, id);
    },
  );
  return [submission, resubmission, cancellation, fileLookup];
}

function previewEndpoints({ requireComplete, sectionsToCome, previewPdf }: AttestationRouteParts): Endpoint[] {
  return [
    endpoint(attestationApi.completeness, async ({ params: { id }, req }) => {
      await requireComplete(memberOf(req).owner, id);
      return undefined;
    }),
    endpoint(attestationApi.preview, async ({ params: { id }, req, res }) => {
      const pdf = await previewPdf(await sectionsToCome(memberOf(req).owner, id));
      res.set({
        'Cache-Control': 'private, no-store',
        'Content-Disposition': attachment('证书预览.pdf'),
        'Cross-Origin-Resource-Policy': 'same-origin',
      });
      res.type('application/pdf').send(pdf);
      return undefined;
    }),
  ];
}

function allowOwner({ db }: AttestationRouteParts): FileGuard {
  return {
    async allow(req, { id, uploadId }) {
      if (!(await hasFile(db.prisma, { id, uploadId, owner: memberOf(req).owner })))
        throw new DomainError('file-not-found');
    },
    mayKeep: true,
  };
}

function view(parts: AttestationRouteParts, req: Parameters<typeof memberOf>[0], id: string) {
  return viewAttestation(parts, { id, owner: memberOf(req).owner });
}
