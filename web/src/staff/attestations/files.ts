// SPDX-License-Identifier: Apache-2.0
import { link } from '../../api/client.ts';
import type { AddressOf } from '../desk/files.ts';

/** Of the files of an attestation. */
export const addressIn =
  (id: string): AddressOf =>
  (what, uploadId) =>
    link(`/staff/attestations/{id}/files/{uploadId}/${what}`, { id, uploadId });
