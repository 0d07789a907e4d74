// SPDX-License-Identifier: Apache-2.0
// The real-name form of a person.
import { z } from 'zod';
import type { FieldCode } from '../errors.ts';
import { cleanLine, cleanNumber } from '../http/text.ts';
import { code } from '../http/validation.ts';
import { NATIONALITIES } from './nationalities.ts';
import { needsGuardian, normalizeResidentId, residentIdFault } from './resident-id.ts';

/** Chinese characters with the dot of minority names, or letters with what Latin names are written with. */
const NAME = /^(\p{Script=Han}+(·\p{Script=Han}+)*|\p{L}[\p{L}\p{M} .'’-]*[\p{L}\p{M}.])$/u;
const NAME_LENGTH = { least: 2, most: 50 };
/** What keyboards and copies give for the dot of minority names, with the spaces that some put around it. */
const DOT = /\s*[·•‧∙⋅・･᛫●．]\s*|(?<=\p{Script=Han})\s*\.\s*(?=\p{Script=Han})/gu;
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
const MAX_EMAIL = 254;
/** Control characters, marks that turn text round, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/u;

const RESIDENT_ID_FAULTS: readonly FieldCode[] = ['malformed', 'in-future', 'checksum-wrong'];

export const residentIdSchema = RESIDENT_ID_FAULTS.reduce(
  (schema, fault) => schema.refine((number) => residentIdFault(number) !== fault, code(fault)),
  z.string().max(64).transform(normalizeResidentId).pipe(z.string()),
)
  .refine((number) => residentIdFault(number) !== undefined || !needsGuardian(number), code('guardian-needed'))
  .meta({ id: 'ResidentId', description: 'GB 11643-1999, with its check character', example: '370102199003072417' });

export const nameSchema = z
  .string()
  .max(128)
  .transform((name) => cleanLine(name).replaceAll(DOT, '·'))
  .refine((name) => NAME.test(name), { ...code('malformed'), abort: true })
  // Rare characters take two units of JavaScript each: people are counted by characters.
  .refine((name) => [...name].length >= NAME_LENGTH.least, code('too-short'))
  .refine((name) => [...name].length <= NAME_LENGTH.most, code('too-long'));

const EMAIL_EXAMPLE = { example: 'crane@example.org' };

/** Spaces inside stay, and are refused. */
const cleanEmail = (text: string): string => cleanLine(text.normalize('NFKC'));

export const emailSchema = z
  .string()
  .max(MAX_EMAIL * 2)
  .transform(cleanEmail)
  .pipe(z.string().max(MAX_EMAIL))
  .refine((email) => EMAIL.test(email) && !UNSEEN.test(email), code('malformed'))
  .meta(EMAIL_EXAMPLE);

export const addressSchema = z
  .string()
  .max(800)
  .transform(cleanLine)
  .pipe(z.string().min(5).max(200))
  .refine((address) => !UNSEEN.test(address), code('malformed'));

export const contactFields = { email: emailSchema, address: addressSchema };

export const consentSchema = z
  .boolean()
  .refine((isGiven) => isGiven, code('consent-missing'))
  .meta({ description: 'Separate consent to the handling of the identity number and the images' });

export const personalIdentitySchema = z
  .strictObject({
    nature: z.literal('PERSONAL'),
    name: nameSchema,
    idNumber: residentIdSchema,
    ...contactFields,
    frontImageId: z.uuid(),
    backImageId: z.uuid(),
    consent: consentSchema,
  })
  .meta({ id: 'PersonalIdentity' });

export type PersonalIdentity = z.output<typeof personalIdentitySchema>;

export const contactSchema = z.strictObject(contactFields).meta({ id: 'Contact' });

export type Contact = z.output<typeof contactSchema>;

/** Anything may be half typed. The consent is not kept: it is given when the form is sent. */
export const identityFormSchema = z
  .strictObject({
    documentType: z.enum(['CARD', 'PASSPORT', 'FOREIGN_PR']).default('CARD').meta({
      description: 'CARD: a card whose number has a check character. FOREIGN_PR: a card of before 2023',
    }),
    name: z.string().max(128).overwrite(cleanLine).default(''),
    idNumber: z.string().max(64).overwrite(cleanNumber).default(''),
    nationality: z.enum(['', ...NATIONALITIES]).default(''),
    birthDate: z.string().max(64).overwrite(cleanNumber).default(''),
    expiresOn: z.string().max(64).overwrite(cleanNumber).default(''),
    email: z.string().max(MAX_EMAIL).overwrite(cleanEmail).meta(EMAIL_EXAMPLE).default(''),
    address: z.string().max(200).overwrite(cleanLine).default(''),
    frontImageId: z.union([z.literal(''), z.uuid()]).default(''),
    backImageId: z.union([z.literal(''), z.uuid()]).default(''),
  })
  .meta({ id: 'IdentityForm' });

export type IdentityForm = z.output<typeof identityFormSchema>;

export const IDENTITY_DOCUMENTS = ['RESIDENT_ID', 'HK_MO_TW_PERMIT', 'FOREIGN_PR', 'PASSPORT'] as const;
export type IdentityDocument = (typeof IDENTITY_DOCUMENTS)[number];

/** Fields that a reviewer may return. */
const REVIEWED_FIELDS = [
  'name',
  'idNumber',
  'nationality',
  'birthDate',
  'expiresOn',
  'address',
  'frontImageId',
  'backImageId',
] as const;

const IDENTITY_REASONS = ['unclear', 'incomplete', 'inconsistent', 'expired', 'other'] as const;
const MAX_REASON = 500;

export const identityReasonSchema = z
  .strictObject({
    field: z.enum(REVIEWED_FIELDS),
    code: z.enum(IDENTITY_REASONS),
    text: z
      .string()
      .max(MAX_REASON * 2)
      .transform(cleanLine)
      .pipe(z.string().min(1).max(MAX_REASON)),
  })
  .meta({ id: 'IdentityReason' });

export type IdentityReason = z.output<typeof identityReasonSchema>;

export const identitySchema = z
  .object({
    state: z.enum(['NONE', 'PENDING', 'VERIFIED', 'REJECTED']),
    nature: z.enum(['PERSONAL', 'ORGANISATION']).optional(),
    version: z.int().optional(),
    name: z.string().optional().meta({ description: 'Masked' }),
    fullName: z.string().optional().meta({ description: 'As certificates print it' }),
    idNumber: z.string().optional().meta({ description: 'Masked' }),
    email: z.string().optional().meta({ description: 'Masked' }),
    hasImages: z.boolean().optional(),
    documentType: z.enum(IDENTITY_DOCUMENTS).optional(),
    stateAt: z.iso.datetime().optional().meta({ description: 'Sent, verified or rejected then' }),
    verifiedAt: z.iso.datetime().nullable().optional(),
    reasons: z.array(identityReasonSchema).optional().meta({ description: 'Why it was rejected' }),
  })
  .meta({ id: 'Identity' });

export type IdentityView = z.output<typeof identitySchema>;
