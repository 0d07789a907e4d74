// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { auditReason, pasted } from '../http/validation.ts';
import { CHECK_OUTCOMES } from '../identity/index.ts';
import { accountParams, securityAdmin } from './staff-accounts.api.ts';

const side = z.enum(['front', 'back']);

const viewSchema = z
  .object({
    token: z.string().meta({ description: 'For the pictures of this view; good for its viewer alone' }),
    expiresAt: z.iso.datetime(),
    name: z.string(),
    idNumber: z.string(),
    address: z.string(),
    sides: z.array(side).meta({ description: 'Pictures that are still kept' }),
    check: z
      .object({ outcome: z.enum(CHECK_OUTCOMES), at: z.iso.datetime() })
      .nullable()
      .meta({ description: 'What an outside service said of name and number, where the site asks one' }),
  })
  .meta({ id: 'IdentityView' });

export const identityViewApi = {
  open: operation({
    method: 'post',
    path: '/staff/accounts/{id}/identity-views',
    summary: 'Look at a real name and its pictures for some minutes; who, whom and why goes into the audit log first',
    access: securityAdmin,
    limit: 'staff-search',
    params: accountParams,
    body: z.strictObject({ reason: auditReason }),
    status: 201,
    answer: viewSchema,
    errors: ['file-not-found', 'stored-object-damaged'],
  }),
  picture: operation({
    method: 'get',
    path: '/staff/accounts/{id}/identity-pictures/{side}',
    summary: 'A picture of an identity document with its viewer and the time drawn into it; every look is recorded',
    access: securityAdmin,
    params: accountParams.extend({ side }),
    query: z.strictObject({ view: pasted(z.string().max(200)) }),
    media: 'image/jpeg',
    errors: ['view-expired', 'file-not-found', 'stored-object-damaged'],
  }),
};
