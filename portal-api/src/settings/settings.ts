// SPDX-License-Identifier: Apache-2.0
// What administrators set of the site and of the service, and how two versions of it differ.
import type { Config } from '../config.ts';
import type { MIN_RETENTION_DAYS, RetentionPeriods } from '../retention-settings.ts';

interface InBoth {
  zh: string;
  en: string;
}

/** What visitors see. */
export interface SiteValues {
  name: InBoth;
  short: InBoth;
  /** Of customer service. */
  telephone: string;
  hours: InBoth;
  filing: InBoth;
}

/** 户名, 开户行, 账号. */
export interface BankValues {
  holder: string;
  name: string;
  number: string;
}

/** What the service goes by, in every process at once. */
export interface ServiceValues {
  /** Of an attestation. */
  priceFen: number;
  /** Of a registration of a work whose attestation was not paid; 0 when the service costs nothing. */
  registrationFen: number;
  /** From this amount on, two people of finance have to grant a refund. */
  refundFourEyesFen: number;
  /** Where transfers go; all three empty where the centre takes none. */
  bank: BankValues;
  /** Codes to one telephone within a day after which the next one costs the browser a proof of work. */
  captchaAfterCodes: number;
  retention: Pick<RetentionPeriods, keyof typeof MIN_RETENTION_DAYS>;
}

export interface SettingValues extends SiteValues, ServiceValues {}

/** Of a site that nobody has set yet; `web/src/ui/site-facts.ts` has the same ones. */
export const DEFAULT_SITE: SiteValues = {
  name: { zh: '印信版权存证中心', en: 'Inkseal Copyright Evidence Centre' },
  short: { zh: '印信', en: 'Inkseal' },
  telephone: '0531-00000001',
  hours: { zh: '工作日 9:00 至 17:00', en: 'working days 9:00 to 17:00' },
  filing: {
    zh: '区块链信息服务备案号：鲁网信备〔示例〕0001 号',
    en: 'Blockchain information service filing: sample 0001',
  },
};

/** Of a portal that nobody has set yet: the environment says what the service goes by. */
export function defaultsOf(
  config: Pick<Config, 'paymentAmountFen' | 'registrationAmountFen' | 'captchaAfterCodes' | 'retention'>,
): SettingValues {
  const { paymentAmountFen: priceFen, registrationAmountFen: registrationFen, captchaAfterCodes } = config;
  const { idImageDays, identityDraftDays, knownLoginDays, messageDays, invitationDays, reportDays } = config.retention;
  const retention = { idImageDays, identityDraftDays, knownLoginDays, messageDays, invitationDays, reportDays };
  const refundFourEyesFen = REFUND_FOUR_EYES_FEN;
  const bank = NO_BANK;
  return { ...DEFAULT_SITE, priceFen, registrationFen, refundFourEyesFen, bank, captchaAfterCodes, retention };
}

export const NO_BANK: BankValues = { holder: '', name: '', number: '' };

/** ¥1,000.00 */
const REFUND_FOUR_EYES_FEN = 100_000;

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
  'priceFen',
  'registrationFen',
  'refundFourEyesFen',
  'bank.holder',
  'bank.name',
  'bank.number',
  'captchaAfterCodes',
  'retention.idImageDays',
  'retention.identityDraftDays',
  'retention.knownLoginDays',
  'retention.messageDays',
  'retention.invitationDays',
  'retention.reportDays',
] as const;

export type SettingField = (typeof SETTING_FIELDS)[number];

export interface SettingChange {
  field: SettingField;
  from: string;
  to: string;
}

/** In the order of the form. */
export function changesBetween(from: SettingValues, to: SettingValues): SettingChange[] {
  return SETTING_FIELDS.map((field) => ({ field, from: textAt(from, field), to: textAt(to, field) })).filter(
    (change) => change.from !== change.to,
  );
}

function textAt(values: SettingValues, field: SettingField): string {
  const value = field.split('.').reduce<unknown>((part, name) => Object(part)[name], values);
  return String(value);
}

const MOBILE = /^1[3-9]\d{9}$/;
/** Area code and number; an extension may follow. */
const FIXED = /^0\d{2,3}-?\d{7,8}(-\d{1,6})?$/;
const SERVICE = /^[48]00-?\d{3}-?\d{4}$/;
/** Such as 12345, 95588 and 961234. */
const SHORT = /^(12|95|96)\d{3,4}$/;

export const isServiceTelephone = (text: string): boolean =>
  [MOBILE, FIXED, SERVICE, SHORT].some((form) => form.test(text));
