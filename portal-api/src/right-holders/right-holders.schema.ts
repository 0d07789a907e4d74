// SPDX-License-Identifier: Apache-2.0
// The form of a right holder, and what the API says of one. Anything may be half typed in a form that is kept for later;
// complete-holder.ts says what a save demands.
import { z } from 'zod';
import { pageQuery } from '../http/cursor.ts';
import { cleanLine, cleanNumber } from '../http/text.ts';
import { anyDaySchema } from '../works/index.ts';
import { DOCUMENT_TYPES } from './document-number.ts';

export const HOLDER_ROLES = ['OWNER', 'AUTHOR'] as const;
export const NATURES = ['PERSONAL', 'ORGANISATION'] as const;
/** `EXPIRING`: within thirty days. */
export const DOCUMENT_STATES = ['VALID', 'EXPIRING', 'EXPIRED'] as const;
export const IMAGE_SIDES = ['front', 'back', 'licence', 'permit'] as const;

export type HolderRole = (typeof HOLDER_ROLES)[number];
export type ImageSide = (typeof IMAGE_SIDES)[number];

const line = (max: number) => z.string().max(max).overwrite(cleanLine).default('');
const number = (max: number) => z.string().max(max).overwrite(cleanNumber).default('');
const image = z.union([z.literal(''), z.uuid()]).default('');

const validitySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('PERMANENT') }),
  z.strictObject({
    kind: z.literal('PERIOD'),
    from: anyDaySchema.nullable().default(null),
    to: anyDaySchema.nullable().default(null),
  }),
]);

export type Validity = z.output<typeof validitySchema>;

const formFields = {
  isSelf: z.boolean().default(false).meta({ description: 'Name and document are those of my verified real name' }),
  roles: z.array(z.enum(HOLDER_ROLES)).max(HOLDER_ROLES.length).default([]),
  nature: z.enum(NATURES).default('PERSONAL'),
  documentType: z.enum(DOCUMENT_TYPES).default('RESIDENT_ID'),
  name: line(128),
  documentNumber: number(64).meta({ description: 'Empty when an entry is edited: the number on record stays' }),
  contactPhone: number(64),
  documentAddress: line(400),
  region: number(16).meta({ description: 'County of the address, six digits of GB/T 2260' }),
  validity: validitySchema.nullable().default(null),
  legalRepresentative: line(128).meta({ description: 'Of an organisation' }),
  email: line(254).meta({ description: 'Of an organisation', example: 'crane@example.org' }),
  frontImageId: image,
  backImageId: image,
  licenceImageId: image,
  permitImageId: image.meta({ description: 'Residence permit, for persons from outside the home province' }),
  isCodeCompared: z
    .boolean()
    .default(false)
    .meta({ description: 'The credit code fails its check, and was compared with the licence: early codes do' }),
};

export const holderFormSchema = z.strictObject(formFields).meta({ id: 'RightHolderForm' });

export type HolderForm = z.output<typeof holderFormSchema>;

const declaration = z
  .string()
  .max(20)
  .overwrite(cleanLine)
  .default('')
  .meta({ description: 'Version of the declaration that was shown and given', example: '2026-11-28' });

export const holderCreationSchema = z.strictObject({ ...formFields, declaration }).meta({ id: 'RightHolderCreation' });

export const holderUpdateSchema = z
  .strictObject({
    ...formFields,
    declaration,
    version: z.int().min(1).meta({ description: 'The version that was seen' }),
  })
  .meta({ id: 'RightHolderUpdate' });

const instant = z.iso.datetime();

export const holderSchema = z
  .object({
    id: z.uuid(),
    version: z.int(),
    isSelf: z.boolean(),
    roles: z.array(z.enum(HOLDER_ROLES)),
    nature: z.enum(NATURES),
    name: z.string().meta({ description: 'In full: only its owner reads it' }),
    documentType: z.enum(DOCUMENT_TYPES),
    documentNumber: z.string().meta({ description: 'Masked' }),
    contactPhone: z.string().meta({ description: 'Masked' }),
    region: z.string(),
    validUntil: z.iso.date().nullable().meta({ description: 'Null: no end' }),
    documentState: z.enum(DOCUMENT_STATES),
    isCodeUnchecked: z.boolean().meta({ description: 'The credit code fails its check' }),
    isArchived: z.boolean(),
    createdAt: instant,
    savedAt: instant,
  })
  .meta({ id: 'RightHolder' });

export type HolderView = z.output<typeof holderSchema>;

export const holderVersionSchema = z
  .object({
    version: z.int(),
    savedAt: instant,
    name: z.string(),
    documentNumber: z.string().meta({ description: 'Masked' }),
    declaration: z.string().nullable(),
    changed: z.array(z.string()).meta({ description: 'Fields that differ from the version before' }),
  })
  .meta({ id: 'RightHolderVersion' });

export type HolderVersionView = z.output<typeof holderVersionSchema>;

export const holderListQuerySchema = z.strictObject({
  search: z
    .string()
    .max(200)
    .transform(cleanLine)
    .optional()
    .meta({ description: 'Part of the name, or the whole document number' }),
  role: z.enum(HOLDER_ROLES).optional(),
  nature: z.enum(NATURES).optional(),
  state: z.enum(DOCUMENT_STATES).optional(),
  isArchived: z.enum(['true', 'false']).default('false'),
  ...pageQuery,
});

export type HolderListQuery = z.output<typeof holderListQuerySchema>;
