// SPDX-License-Identifier: Apache-2.0
// The values of the form by the paths under which the portal names them, and what was changed.
import type { StaffSettings } from '../../api/staff.ts';

export type Values = StaffSettings['values'];
export type SettingField = StaffSettings['history'][number]['changes'][number]['field'];
export type Texts = Record<SettingField, string>;

export function textsOf({ name, short, telephone, hours, filing }: Values): Texts {
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
  };
}

/** In the order of the form. */
export function changedFields(from: Texts, to: Texts): SettingField[] {
  return (Object.keys(from) as SettingField[]).filter((field) => from[field].trim() !== to[field].trim());
}
