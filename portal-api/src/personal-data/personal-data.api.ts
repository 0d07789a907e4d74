// SPDX-License-Identifier: Apache-2.0
// What a member may ask of their own data (PIPL 15, 44 to 47): a copy, the end of a consent, the end of the account.
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { code } from '../http/validation.ts';
import { agreementSchema } from '../pages/index.ts';
import { BLOCKERS } from './blockers.store.ts';

const MAX_PASSWORD = 128;

const exportSchema = z
  .object({
    state: z.enum(['PENDING', 'READY']),
    createdAt: z.iso.datetime(),
    readyAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'DataExport' });

const blockersSchema = z
  .object({
    reasons: z.array(z.enum(BLOCKERS)).meta({ description: 'What must end before; empty when nothing does' }),
    isHeld: z.boolean().meta({
      description: 'A legal hold keeps a part: it is erased when the hold is lifted, and not before',
    }),
  })
  .meta({ id: 'Blockers' });

export const personalDataApi = {
  requestExport: operation({
    method: 'post',
    path: '/me/export',
    summary: 'Ask for a copy of all my data; it replaces the last one, and is made in the background',
    access: 'member',
    limit: 'register',
    status: 202,
    answer: exportSchema,
  }),
  readExport: operation({
    method: 'get',
    path: '/me/export',
    summary: 'The copy of my data, if I asked for one within the last days',
    access: 'member',
    answer: z.object({ export: exportSchema.nullable() }),
  }),
  downloadExport: operation({
    method: 'get',
    path: '/me/export/package',
    summary: 'A zip of my data as JSON, with my files and the pictures of my card',
    access: 'member',
    media: 'application/zip',
    errors: ['file-not-found', 'store-unavailable', 'stored-object-damaged'],
  }),
  readBlockers: operation({
    method: 'get',
    path: '/me/closing',
    summary: 'What keeps my account from being closed, and my consent from being withdrawn',
    access: 'member',
    answer: blockersSchema,
  }),
  closeAccount: operation({
    method: 'post',
    path: '/me/closing',
    summary: 'Close my account for good; certificates stay valid',
    access: 'member',
    limit: 'login',
    body: z.strictObject({
      password: z.string().min(1).max(MAX_PASSWORD),
      isUnderstood: z
        .boolean()
        .refine((isGiven) => isGiven, code('consent-missing'))
        .meta({ description: 'The member knows that this cannot be undone' }),
      erasesOrders: z
        .boolean()
        .default(false)
        .meta({ description: 'Also erase salts, contents and files of certified orders; the certificates stay valid' }),
    }),
    errors: ['closing-blocked', 'login-locked', 'stored-object-damaged'],
  }),
  readConsents: operation({
    method: 'get',
    path: '/me/consents',
    summary: 'What I have agreed to, and when',
    access: 'member',
    answer: z.object({
      agreements: z.array(agreementSchema).meta({ description: 'They end with the account' }),
      identity: z.iso.datetime().nullable().meta({ description: 'Handling of my identity number and the pictures' }),
    }),
  }),
  withdrawIdentity: operation({
    method: 'delete',
    path: '/me/consents/identity',
    summary: 'Withdraw my consent: pictures, e-mail and address are erased, and I am not verified any more',
    access: 'member',
    errors: ['closing-blocked'],
  }),
};
