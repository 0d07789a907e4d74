// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import { ID_IMAGE_TYPES, MAX_ID_IMAGE_BYTES } from '../identity/index.ts';
import {
  holderCreationSchema,
  holderFormSchema,
  holderListQuerySchema,
  holderSchema,
  holderUpdateSchema,
  holderVersionSchema,
  IMAGE_SIDES,
} from './right-holders.schema.ts';

const params = z.object({ id: recordId });
const leftForm = z.object({
  form: holderFormSchema.nullable().meta({ description: 'Null: nothing was left' }),
  savedAt: z.iso.datetime().nullable().meta({ description: 'Null: as on record' }),
});

export const rightHolderApi = {
  rules: operation({
    method: 'get',
    path: '/right-holder-rules',
    summary: 'The home province, and the declaration of authority with its version',
    access: 'verified',
    answer: z.object({
      homeProvince: z.string(),
      maxHolders: z.int(),
      declaration: z.object({ version: z.string(), zh: z.string(), en: z.string() }),
    }),
  }),
  list: operation({
    method: 'get',
    path: '/right-holders',
    summary: 'My right holders, the newest first',
    access: 'verified',
    query: holderListQuerySchema,
    answer: z.object({ items: z.array(holderSchema), next: z.string().nullable() }),
    errors: ['stored-object-damaged'],
  }),
  create: operation({
    method: 'post',
    path: '/right-holders',
    summary: 'Add a right holder',
    access: 'verified',
    body: holderCreationSchema,
    status: 201,
    answer: holderSchema,
    errors: ['right-holder-limit-reached', 'stored-object-damaged'],
  }),
  addImage: operation({
    method: 'post',
    path: '/right-holder-images',
    summary: 'A picture of a document, for the form; kept without metadata, encrypted',
    access: 'verified',
    limit: 'right-holder-image',
    query: z.strictObject({ side: z.enum(IMAGE_SIDES) }),
    bytes: { mediaTypes: ID_IMAGE_TYPES, limitBytes: MAX_ID_IMAGE_BYTES },
    status: 201,
    answer: z.object({ id: z.uuid(), side: z.enum(IMAGE_SIDES) }),
    errors: ['image-invalid', 'payload-too-large', 'unsupported-media-type'],
  }),
  readNewForm: operation({
    method: 'get',
    path: '/right-holder-form',
    summary: 'The form of a new right holder as I left it',
    access: 'verified',
    answer: leftForm,
    errors: ['stored-object-damaged'],
  }),
  keepNewForm: operation({
    method: 'put',
    path: '/right-holder-form',
    summary: 'Keep the form of a new right holder, encrypted; dropped after some days',
    access: 'verified',
    body: holderFormSchema,
  }),
  read: operation({
    method: 'get',
    path: '/right-holders/{id}',
    summary: 'A right holder of mine',
    access: 'verified',
    params,
    answer: holderSchema,
    errors: ['right-holder-not-found', 'stored-object-damaged'],
  }),
  update: operation({
    method: 'put',
    path: '/right-holders/{id}',
    summary: 'Save the whole form again, as the next version',
    access: 'verified',
    params,
    body: holderUpdateSchema,
    answer: holderSchema,
    errors: ['right-holder-not-found', 'version-conflict', 'stored-object-damaged'],
  }),
  archive: operation({
    method: 'put',
    path: '/right-holders/{id}/archived',
    summary: 'Take a right holder out of the list to choose from, or back into it',
    access: 'verified',
    params,
    body: z.strictObject({ isArchived: z.boolean() }),
    answer: holderSchema,
    errors: ['right-holder-not-found', 'stored-object-damaged'],
  }),
  versions: operation({
    method: 'get',
    path: '/right-holders/{id}/versions',
    summary: 'The versions of a right holder, the newest first',
    access: 'verified',
    params,
    answer: z.object({ items: z.array(holderVersionSchema) }),
    errors: ['right-holder-not-found', 'stored-object-damaged'],
  }),
  readForm: operation({
    method: 'get',
    path: '/right-holders/{id}/form',
    summary: 'Its form as I left it, else as on record; the number stays on record',
    access: 'verified',
    params,
    answer: leftForm,
    errors: ['right-holder-not-found', 'stored-object-damaged'],
  }),
  keepForm: operation({
    method: 'put',
    path: '/right-holders/{id}/form',
    summary: 'Keep its unfinished form, encrypted; dropped after some days',
    access: 'verified',
    params,
    body: holderFormSchema,
    errors: ['right-holder-not-found'],
  }),
};
