// SPDX-License-Identifier: Apache-2.0
// What administrators set of the site, and how two versions of it differ.

interface InBoth {
  zh: string;
  en: string;
}

export interface SiteValues {
  name: InBoth;
  short: InBoth;
  /** Of customer service. */
  telephone: string;
  hours: InBoth;
  filing: InBoth;
}

/** Of a site that nobody has set yet; `web/src/ui/site-facts.ts` has the same ones. */
export const DEFAULT_VALUES: SiteValues = {
  name: { zh: '印信版权存证中心', en: 'Inkseal Copyright Evidence Centre' },
  short: { zh: '印信', en: 'Inkseal' },
  telephone: '0531-00000001',
  hours: { zh: '工作日 9:00 至 17:00', en: 'working days 9:00 to 17:00' },
  filing: {
    zh: '区块链信息服务备案号：鲁网信备〔示例〕0001 号',
    en: 'Blockchain information service filing: sample 0001',
  },
};

/** The version before the first one that is saved. */
export const DEFAULT_VERSION = 0;

export const SETTING_FIELDS = [
  'name.zh',
  'name.en',
  'short.zh',
  'short.en',
  'telephone',
  'hours.zh',
  'hours.en',
  'filing.zh',
  'filing.en',
] as const;

export type SettingField = (typeof SETTING_FIELDS)[number];

export interface SettingChange {
  field: SettingField;
  from: string;
  to: string;
}

/** In the order of the form. */
export function changesBetween(from: SiteValues, to: SiteValues): SettingChange[] {
  const [before, after] = [textsOf(from), textsOf(to)];
  return SETTING_FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    from: before[field],
    to: after[field],
  }));
}

function textsOf({ name, short, telephone, hours, filing }: SiteValues): Record<SettingField, string> {
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

const MOBILE = /^1[3-9]\d{9}$/;
/** Area code and number; an extension may follow. */
const FIXED = /^0\d{2,3}-?\d{7,8}(-\d{1,6})?$/;
const SERVICE = /^[48]00-?\d{3}-?\d{4}$/;
/** Such as 12345, 95588 and 961234. */
const SHORT = /^(12|95|96)\d{3,4}$/;

export const isServiceTelephone = (text: string): boolean =>
  [MOBILE, FIXED, SERVICE, SHORT].some((form) => form.test(text));
