// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { MAX_FREE_CODES, MAX_PRICE_FEN } from '../config.ts';
import { cleanLine } from '../http/text.ts';
import { code, pasted } from '../http/validation.ts';
import { MAX_RETENTION_DAYS, MIN_RETENTION_DAYS } from '../retention-settings.ts';
import { isServiceTelephone, SETTING_FIELDS } from './settings.ts';

/** Characters; what says the same is longer in English. */
const MAX = {
  name: { zh: 40, en: 80 },
  short: { zh: 12, en: 24 },
  hours: { zh: 40, en: 80 },
  filing: { zh: 60, en: 100 },
};
const MAX_NOTE = 200;
const MAX_BANK_LINE = 60;

const filled = z.string().refine((text) => text !== '', { ...code('missing'), abort: true });

const line = (max: number) =>
  z
    .string()
    .max(2 * max)
    .transform(cleanLine)
    .pipe(filled.min(2).max(max));

/** Empty where there is none. */
const lineOrNone = (max: number) =>
  z
    .string()
    .max(2 * max)
    .transform(cleanLine)
    .pipe(z.string().max(max));

/** All of it, or nothing: with a part of it nobody can transfer money. */
const bankSchema = z
  .strictObject({
    holder: lineOrNone(MAX_BANK_LINE),
    name: lineOrNone(MAX_BANK_LINE),
    number: pasted(z.string().regex(/^(\d{6,24})?$/), (text) => text.replaceAll('-', '')).meta({
      description: '账号',
      example: '370100123456789',
    }),
  })
  .superRefine((bank, context) => {
    if (Object.values(bank).every((text) => text === '')) return;
    for (const [field, text] of Object.entries(bank))
      if (text === '') context.addIssue({ code: 'custom', path: [field], ...code('missing') });
  });

const both = (max: { zh: number; en: number }) => z.strictObject({ zh: line(max.zh), en: line(max.en) });

const days = (min: number) => z.int().min(min).max(MAX_RETENTION_DAYS);

export const settingValuesSchema = z.strictObject({
  name: both(MAX.name),
  short: both(MAX.short),
  telephone: pasted(filled.refine(isServiceTelephone, code('malformed'))).meta({ example: '0531-00000001' }),
  hours: both(MAX.hours),
  filing: both(MAX.filing),
  priceFen: z.int().min(1).max(MAX_PRICE_FEN).meta({ description: 'Of an attestation' }),
  registrationFen: z.int().min(0).max(MAX_PRICE_FEN).meta({ description: 'Of a registration; 0 for none' }),
  refundFourEyesFen: z
    .int()
    .min(1)
    .max(MAX_PRICE_FEN)
    .meta({ description: 'From this amount on, two people of finance have to grant a refund' }),
  bank: bankSchema.meta({ description: 'Where transfers go; all empty for none' }),
  captchaAfterCodes: z.int().min(0).max(MAX_FREE_CODES),
  retention: z.strictObject({
    idImageDays: days(MIN_RETENTION_DAYS.idImageDays),
    identityDraftDays: days(MIN_RETENTION_DAYS.identityDraftDays),
    knownLoginDays: days(MIN_RETENTION_DAYS.knownLoginDays),
    messageDays: days(MIN_RETENTION_DAYS.messageDays),
    invitationDays: days(MIN_RETENTION_DAYS.invitationDays),
    reportDays: days(MIN_RETENTION_DAYS.reportDays),
  }),
});

export const settingsFormSchema = z
  .strictObject({
    basedOn: z.int().min(0).meta({ description: 'The version that was edited; refused when there is a newer one' }),
    values: settingValuesSchema,
    note: line(MAX_NOTE).meta({ description: 'Why, for the history' }),
  })
  .meta({ id: 'SettingsForm' });

export type SettingsForm = z.output<typeof settingsFormSchema>;

const texts = z.object({ zh: z.string(), en: z.string() });

export const siteSchema = z
  .object({ name: texts, short: texts, telephone: z.string(), hours: texts, filing: texts })
  .meta({ id: 'Site' });

export const staffSettingsSchema = z
  .object({
    version: z.int().meta({
      description: '0 while nobody has saved one: the values are those of the product and of the environment',
    }),
    values: z.object({
      ...siteSchema.shape,
      priceFen: z.int(),
      registrationFen: z.int(),
      refundFourEyesFen: z.int(),
      bank: z.object({ holder: z.string(), name: z.string(), number: z.string() }),
      captchaAfterCodes: z.int(),
      retention: z.object({
        idImageDays: z.int(),
        identityDraftDays: z.int(),
        knownLoginDays: z.int(),
        messageDays: z.int(),
        invitationDays: z.int(),
        reportDays: z.int(),
      }),
    }),
    history: z
      .array(
        z.object({
          version: z.int(),
          savedAt: z.iso.datetime(),
          savedBy: z.string().meta({ description: 'User number' }),
          note: z.string(),
          changes: z
            .array(z.object({ field: z.enum(SETTING_FIELDS), from: z.string(), to: z.string() }))
            .meta({ description: 'Numbers as texts' }),
        }),
      )
      .meta({ description: 'The newest first' }),
  })
  .meta({ id: 'StaffSettings' });

export type StaffSettings = z.output<typeof staffSettingsSchema>;
