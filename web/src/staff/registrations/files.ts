// SPDX-License-Identifier: Apache-2.0
import { link } from '../../api/client.ts';
import type { AddressOf } from '../desk/files.ts';

/** Of the documents of a registration. */
export const addressIn =
  (id: string): AddressOf =>
  (what, uploadId) =>
    link(`/staff/registrations/{id}/files/{uploadId}/${what}`, { id, uploadId });
