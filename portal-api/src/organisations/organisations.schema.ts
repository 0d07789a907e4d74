// SPDX-License-Identifier: Apache-2.0
// The real-name form of an organisation, and what the API says of one.
import { z } from 'zod';
import type { FieldCode } from '../errors.ts';
import { ORGANISATION_ROLES } from '../http/members.ts';
import { cleanLine, cleanNumber } from '../http/text.ts';
import { code } from '../http/validation.ts';
import { addressSchema, creditCodeFault, emailSchema, nameSchema } from '../identity/index.ts';
import { ORGANISATION_STATES } from './organisation.ts';
import { organisationPhone } from './organisation-phone.ts';

const MAX_NAME = 100;
const MAX_REASON = 500;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/u;

const cleanCode = (text: string): string => cleanNumber(text).toUpperCase();

const creditCode = z
  .string()
  .max(64)
  .transform(cleanCode)
  .refine((text) => creditCodeFault(text) !== 'malformed', code('malformed'))
  .meta({ id: 'CreditCode', description: 'GB 32100-2015, 18 characters', example: '91370100MA3CX00113' });

const phone = z
  .string()
  .max(64)
  .transform((text) => organisationPhone(text) ?? '')
  .refine((text) => text !== '', code('malformed'))
  .meta({ description: 'Mobile, fixed line with area code, 400 or 800', example: '0531-88886666' });

export const organisationFormSchema = z
  .strictObject({
    name: z
      .string()
      .max(MAX_NAME * 2)
      .transform(cleanLine)
      .pipe(z.string().min(2).max(MAX_NAME))
      .refine((name) => !UNSEEN.test(name) && /[\p{L}\p{N}]/u.test(name), code('malformed')),
    creditCode,
    isCodeConfirmed: z.boolean().default(false).meta({
      description:
        'The check character is wrong, as in codes of the pilot years, and the licence really bears this code',
    }),
    licenceImageId: z.uuid(),
    phone,
    representative: nameSchema,
    email: emailSchema,
    address: addressSchema,
    consent: z
      .boolean()
      .refine((isGiven) => isGiven, code('consent-missing'))
      .meta({ description: 'Separate consent to the handling of the licence and the personal data in the form' }),
  })
  .refine((form) => codeFault(form) === undefined, {
    path: ['creditCode'],
    ...code('checksum-wrong'),
    // Although other fields are wrong: a form error names every wrong field at once.
    when: () => true,
  })
  .meta({ id: 'OrganisationForm' });

export type OrganisationForm = z.output<typeof organisationFormSchema>;

function codeFault({ creditCode: text, isCodeConfirmed }: { creditCode?: unknown; isCodeConfirmed?: unknown }) {
  if (typeof text !== 'string' || isCodeConfirmed === true) return undefined;
  const fault: FieldCode | undefined = creditCodeFault(cleanCode(text));
  return fault === 'checksum-wrong' ? fault : undefined;
}

const text = (max: number) => z.string().max(max).overwrite(cleanLine).default('');

/** Anything may be half typed. The consent is not kept: it is given when the form is sent. */
export const organisationDraftSchema = z
  .strictObject({
    name: text(MAX_NAME * 2),
    creditCode: text(64),
    isCodeConfirmed: z.boolean().default(false),
    licenceImageId: z.union([z.literal(''), z.uuid()]).default(''),
    phone: text(64),
    representative: text(128),
    email: text(254),
    address: text(200),
  })
  .meta({ id: 'OrganisationDraft' });

export type OrganisationDraft = z.output<typeof organisationDraftSchema>;

const instant = z.iso.datetime();

export const ORGANISATION_FIELDS = [
  'name',
  'creditCode',
  'licenceImageId',
  'phone',
  'representative',
  'email',
  'address',
] as const;

export const ORGANISATION_REASONS = [
  'unclear',
  'incomplete',
  'inconsistent',
  'expired',
  'not-registered',
  'other',
] as const;

export const organisationReasonSchema = z
  .strictObject({
    field: z.enum(ORGANISATION_FIELDS),
    code: z.enum(ORGANISATION_REASONS),
    text: z
      .string()
      .max(MAX_REASON * 2)
      .transform(cleanLine)
      .pipe(z.string().min(1).max(MAX_REASON)),
  })
  .meta({ id: 'OrganisationReason' });

export type OrganisationReason = z.output<typeof organisationReasonSchema>;

export const organisationSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(ORGANISATION_STATES),
    stateAt: instant,
    version: z.int(),
    role: z.enum(ORGANISATION_ROLES),
    name: z.string(),
    creditCode: z.string(),
    phone: z.string().meta({ description: 'Masked' }),
    representative: z.string().meta({ description: 'Masked' }),
    email: z.string().meta({ description: 'Masked' }),
    address: z.string(),
    savedAt: instant,
    verifiedAt: instant.nullable(),
    reasons: z.array(organisationReasonSchema).meta({ description: 'Why it was rejected; empty otherwise' }),
  })
  .meta({ id: 'Organisation' });

export type OrganisationView = z.output<typeof organisationSchema>;
