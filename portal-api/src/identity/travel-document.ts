// SPDX-License-Identifier: Apache-2.0
// Documents that no checksum judges, so that staff compare them with their picture: passports, and cards of foreign
// permanent residents issued before 2023.
import { z } from 'zod';
import { dayInChina } from '../china-time.ts';
import { cleanNumber } from '../http/text.ts';
import { code, pasted } from '../http/validation.ts';
import { isGuarded } from './birth-date.ts';
import { consentSchema, contactFields, nameSchema } from './identity.schema.ts';
import { NATIONALITIES } from './nationalities.ts';

/** With at least one digit: a name in the wrong field has none. */
const PASSPORT = /^(?=.*\d)[A-Z\d]{5,20}$/;
/** Cards of before 2023: the country and twelve digits. */
const OLD_FOREIGN_CARD = /^[A-Z]{3}\d{12}$/;
const EARLIEST_BIRTH = '1900-01-01';
const DAY = { format: 'date', description: 'A day of the calendar', example: '1990-03-07' };

export function isPassportNumber(number: string): boolean {
  return PASSPORT.test(number);
}

export function isOldForeignCard(number: string): boolean {
  return OLD_FOREIGN_CARD.test(number);
}

/** What the document says besides name and number. */
export const documentDetailsSchema = z.object({
  nationality: z.enum(NATIONALITIES),
  birthDate: z.string(),
  expiresOn: z.string(),
});

export type DocumentDetails = z.output<typeof documentDetailsSchema>;

const birthDate = pasted(
  z.iso
    .date()
    .refine((day) => day >= EARLIEST_BIRTH, { ...code('out-of-range'), abort: true })
    .refine((day) => day <= dayInChina(), { ...code('in-future'), abort: true })
    // Nothing in the number says how old somebody is.
    .refine((day) => !isGuarded(day), code('guardian-needed')),
).meta(DAY);

const expiresOn = pasted(z.iso.date().refine((day) => day >= dayInChina(), code('expired'))).meta({
  ...DAY,
  example: '2099-12-31',
});

const documentNumber = (isRight: (number: string) => boolean, example: string) =>
  z
    .string()
    .max(64)
    .transform((text) => cleanNumber(text).toUpperCase())
    .refine(isRight, code('malformed'))
    .meta({ description: 'As printed', example });

const stated = {
  name: nameSchema,
  nationality: z.enum(NATIONALITIES).meta({ description: 'ISO 3166-1, two letters' }),
  birthDate,
  expiresOn,
  ...contactFields,
  consent: consentSchema,
};

const passportSchema = z
  .strictObject({
    documentType: z.literal('PASSPORT'),
    idNumber: documentNumber(isPassportNumber, 'E12345678'),
    frontImageId: z.uuid().meta({ description: 'The data page' }),
    ...stated,
  })
  .meta({ id: 'SubmittedPassport' });

const oldCardSchema = z
  .strictObject({
    documentType: z.literal('FOREIGN_PR'),
    idNumber: documentNumber(isOldForeignCard, 'USA370190030724'),
    frontImageId: z.uuid(),
    backImageId: z.uuid(),
    ...stated,
  })
  .meta({ id: 'SubmittedOldCard' });

/** By document, so that every wrong field is named at once. */
export const submittedIdentitySchema = z
  .discriminatedUnion('documentType', [passportSchema, oldCardSchema])
  .meta({ id: 'SubmittedIdentity' });

export type SubmittedIdentity = z.output<typeof submittedIdentitySchema>;
