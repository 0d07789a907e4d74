// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { ID_IMAGE_TYPES, MAX_ID_IMAGE_BYTES } from './id-image.ts';
import { contactSchema, identityFormSchema, identitySchema, personalIdentitySchema } from './identity.schema.ts';
import { submittedIdentitySchema } from './travel-document.ts';

export const identityApi = {
  read: operation({
    method: 'get',
    path: '/identity',
    summary: 'My real name as certificates print it; the rest masked',
    access: 'member',
    answer: identitySchema,
    errors: ['stored-object-damaged'],
  }),
  save: operation({
    method: 'put',
    path: '/identity',
    summary: 'Save my real name; a person is verified at once',
    access: 'member',
    limit: 'identity',
    body: personalIdentitySchema,
    answer: identitySchema,
    errors: ['identity-in-use'],
  }),
  submit: operation({
    method: 'put',
    path: '/identity/submission',
    summary: 'Send a passport, or a card of before 2023, for review by staff; the real name is not verified until then',
    access: 'member',
    limit: 'identity',
    body: submittedIdentitySchema,
    answer: identitySchema,
    errors: ['identity-in-use'],
  }),
  addImage: operation({
    method: 'post',
    path: '/identity/images',
    summary: 'A side of my identity card, for the form; kept without metadata, encrypted',
    access: 'member',
    limit: 'identity',
    query: z.strictObject({ side: z.enum(['front', 'back']) }),
    bytes: { mediaTypes: ID_IMAGE_TYPES, limitBytes: MAX_ID_IMAGE_BYTES },
    status: 201,
    answer: z.object({ id: z.uuid(), side: z.enum(['front', 'back']) }),
    errors: ['image-invalid', 'payload-too-large', 'unsupported-media-type'],
  }),
  readForm: operation({
    method: 'get',
    path: '/identity/form',
    summary: 'The real-name form as I left it, else what is on record of me',
    access: 'member',
    answer: z.object({ form: identityFormSchema, savedAt: z.iso.datetime().nullable() }),
    errors: ['stored-object-damaged'],
  }),
  keepForm: operation({
    method: 'put',
    path: '/identity/form',
    summary: 'Keep the real-name form for the next visit, encrypted; dropped after some days',
    access: 'member',
    body: identityFormSchema,
  }),
  changeContact: operation({
    method: 'put',
    path: '/identity/contact',
    summary: 'Change my e-mail and address; the person stays verified',
    access: 'member',
    limit: 'identity',
    body: contactSchema,
    answer: identitySchema,
    errors: ['identity-required', 'stored-object-damaged'],
  }),
};
