// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { pageQuery } from '../http/cursor.ts';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import { ownEarlierSchema } from './earlier-certificates.schema.ts';

/** 历史证书. */
export const earlierCertificateApi = {
  list: operation({
    method: 'get',
    path: '/earlier-certificates',
    summary: 'Certificates of the member that another system issued, as they were imported; none of them is a proof',
    access: 'verified',
    query: z.strictObject(pageQuery),
    answer: z.object({ items: z.array(ownEarlierSchema), next: z.string().nullable() }),
    errors: ['stored-object-damaged'],
  }),
  pdf: operation({
    method: 'get',
    path: '/earlier-certificates/{id}/pdf',
    summary: 'The PDF that the other system made, byte for byte as it was imported',
    access: 'verified',
    params: z.object({ id: recordId }),
    media: 'application/pdf',
    errors: ['file-not-found', 'stored-object-damaged'],
  }),
};
