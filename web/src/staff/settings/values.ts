// SPDX-License-Identifier: Apache-2.0
// The values of the form by the paths under which the portal names them, and what was changed. Money is typed in yuan.
import type { StaffSettings } from '../../api/staff.ts';
import { fenOf, formatFen, yuanOf } from '../../kit/money.ts';
import { cleanNumber } from '../../ui/clean.ts';

export type Values = StaffSettings['values'];
export type SettingField = StaffSettings['history'][number]['changes'][number]['field'];
export type Texts = Record<SettingField, string>;

export function textsOf({
  name,
  short,
  telephone,
  hours,
  filing,
  priceFen,
  registrationFen,
  refundFourEyesFen,
  bank,
  captchaAfterCodes,
  retention,
}: Values): Texts {
  return {
    'name.zh': name.zh,
    'name.en': name.en,
    'short.zh': short.zh,
    'short.en': short.en,
    telephone,
    'hours.zh': hours.zh,
    'hours.en': hours.en,
    'filing.zh': filing.zh,
    'filing.en': filing.en,
    priceFen: yuanOf(priceFen),
    registrationFen: yuanOf(registrationFen),
    refundFourEyesFen: yuanOf(refundFourEyesFen),
    'bank.holder': bank.holder,
    'bank.name': bank.name,
    'bank.number': bank.number,
    captchaAfterCodes: String(captchaAfterCodes),
    'retention.idImageDays': String(retention.idImageDays),
    'retention.identityDraftDays': String(retention.identityDraftDays),
    'retention.knownLoginDays': String(retention.knownLoginDays),
    'retention.messageDays': String(retention.messageDays),
    'retention.invitationDays': String(retention.invitationDays),
    'retention.reportDays': String(retention.reportDays),
  };
}

export function valuesOf(texts: Texts): Values {
  const both = (name: 'name' | 'short' | 'hours' | 'filing') => ({ zh: texts[`${name}.zh`], en: texts[`${name}.en`] });
  return {
    name: both('name'),
    short: both('short'),
    telephone: texts.telephone,
    hours: both('hours'),
    filing: both('filing'),
    bank: { holder: texts['bank.holder'], name: texts['bank.name'], number: texts['bank.number'] },
    ...filledIn({
      priceFen: fenIn(texts.priceFen),
      registrationFen: fenIn(texts.registrationFen),
      refundFourEyesFen: fenIn(texts.refundFourEyesFen),
      captchaAfterCodes: wholeIn(texts.captchaAfterCodes),
    }),
    retention: filledIn({
      idImageDays: wholeIn(texts['retention.idImageDays']),
      identityDraftDays: wholeIn(texts['retention.identityDraftDays']),
      knownLoginDays: wholeIn(texts['retention.knownLoginDays']),
      messageDays: wholeIn(texts['retention.messageDays']),
      invitationDays: wholeIn(texts['retention.invitationDays']),
      reportDays: wholeIn(texts['retention.reportDays']),
    }),
  };
}

/** In the order of the form. */
export function changedFields(from: Texts, to: Texts): SettingField[] {
  return (Object.keys(from) as SettingField[]).filter((field) => canonical(field, from) !== canonical(field, to));
}

const isMoney = (field: SettingField) => field.endsWith('Fen');

/** A value of the history, where money is fen. */
export const shownValue = (field: SettingField, value: string) => (isMoney(field) ? formatFen(Number(value)) : value);

/** So that 30 yuan and 30.00 are the same. */
function canonical(field: SettingField, texts: Texts): string {
  const typed = texts[field].trim();
  const fen = isMoney(field) ? fenOf(typed) : Number.NaN;
  return Number.isNaN(fen) ? typed : yuanOf(fen);
}

const fenIn = (text: string) => (text.trim() === '' ? undefined : fenOf(text));
/** JSON has no NaN and writes null: the portal names the field. */
const wholeIn = (text: string) => {
  const digits = cleanNumber(text);
  if (digits === '') return undefined;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN;
};

/** What is undefined is not sent, so that the answer says it is missing; the type stays that of the whole form. */
function filledIn<Field extends string>(values: Record<Field, number | undefined>): Record<Field, number> {
  return values as Record<Field, number>;
}
