// SPDX-License-Identifier: Apache-2.0
import { operation } from '../http/operation.ts';
import { acceptanceSchema } from './agreements.schema.ts';

/** Which versions were accepted is in `GET /me` and `GET /me/consents`. */
export const agreementApi = {
  accept: operation({
    method: 'post',
    path: '/me/agreements',
    summary: 'Agree to the newest version of the terms of use, the privacy notice or both; again changes nothing',
    access: 'member',
    body: acceptanceSchema,
    errors: ['version-conflict'],
  }),
};
