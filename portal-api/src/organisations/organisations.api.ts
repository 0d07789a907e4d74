// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { ID_IMAGE_TYPES, MAX_ID_IMAGE_BYTES } from '../identity/index.ts';
import { organisationDraftSchema, organisationFormSchema, organisationSchema } from './organisations.schema.ts';

export const organisationApi = {
  act: operation({
    method: 'put',
    path: '/session/acting',
    summary: 'Act for an organisation of mine, or for myself',
    access: 'member',
    body: z.strictObject({ organisationId: z.uuid().nullable().meta({ description: 'Null: for myself' }) }),
    errors: ['organisation-not-found'],
  }),
  found: operation({
    method: 'post',
    path: '/organisations',
    summary: 'State the real name of an organisation; I act for it as its manager, and staff review it',
    access: 'member',
    limit: 'identity',
    body: organisationFormSchema,
    status: 201,
    answer: organisationSchema,
    errors: ['organisation-known', 'state-conflict'],
  }),
  read: operation({
    method: 'get',
    path: '/organisations/current',
    summary: 'The organisation that I act for, and how its review stands',
    access: 'member',
    answer: organisationSchema,
    errors: ['organisation-not-found', 'stored-object-damaged'],
  }),
  save: operation({
    method: 'put',
    path: '/organisations/current',
    summary: 'Change what the organisation states of itself; anything but telephone and e-mail is reviewed again',
    access: 'member',
    limit: 'identity',
    body: organisationFormSchema,
    answer: organisationSchema,
    errors: ['forbidden', 'organisation-known', 'organisation-not-found', 'stored-object-damaged'],
  }),
  addLicence: operation({
    method: 'post',
    path: '/organisations/licences',
    summary: 'A picture of the business licence, for the form; kept without metadata, encrypted',
    access: 'member',
    limit: 'identity',
    bytes: { mediaTypes: ID_IMAGE_TYPES, limitBytes: MAX_ID_IMAGE_BYTES },
    status: 201,
    answer: z.object({ id: z.uuid() }),
    errors: ['image-invalid', 'payload-too-large', 'unsupported-media-type'],
  }),
  readForm: operation({
    method: 'get',
    path: '/organisations/form',
    summary: 'The form of the organisation as I left it, else what is on record of the one that I manage',
    access: 'member',
    answer: z.object({ form: organisationDraftSchema, savedAt: z.iso.datetime().nullable() }),
    errors: ['forbidden', 'stored-object-damaged'],
  }),
  keepForm: operation({
    method: 'put',
    path: '/organisations/form',
    summary: 'Keep the form for the next visit, encrypted; dropped after some days',
    access: 'member',
    body: organisationDraftSchema,
  }),
};
