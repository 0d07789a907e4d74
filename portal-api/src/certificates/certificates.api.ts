// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { PROOF_TYPES } from '../http/proof-media.ts';
import { recordId } from '../http/validation.ts';

const params = z.object({ id: recordId });

export const certificateApi = {
  certificate: operation({
    method: 'get',
    path: '/attestations/{id}/certificate',
    summary: 'The certificate of my order, as it was issued',
    access: 'verified',
    params,
    media: 'application/pdf',
    errors: ['attestation-not-found', 'certificate-not-ready', 'store-unavailable', 'stored-object-damaged'],
  }),
  evidencePackage: operation({
    method: 'get',
    path: '/attestations/{id}/package',
    summary: 'The evidence package of my order: certificate, proof, originals, offline verifier',
    access: 'verified',
    params,
    media: 'application/zip',
    errors: ['attestation-not-found', 'certificate-not-ready', 'store-unavailable', 'stored-object-damaged'],
  }),
  bundle: operation({
    method: 'get',
    path: '/attestations/{id}/bundle',
    summary: 'The proof bundle of my order, with its sections',
    access: 'verified',
    params,
    media: PROOF_TYPES,
    errors: ['attestation-not-found', 'certificate-not-ready', 'stored-object-damaged'],
  }),
};
