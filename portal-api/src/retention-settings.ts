// SPDX-License-Identifier: Apache-2.0
// How long the portal keeps what law or a contract may want kept longer or shorter.
import { wholeNumber } from '@inkseal/service-kit';

export const MAX_RETENTION_DAYS = 3_650;
/** Of what administrators may also set while the portal runs. */
export const MIN_RETENTION_DAYS = {
  idImageDays: 1,
  identityDraftDays: 1,
  knownLoginDays: 30,
  // Longer than any deadline that a message names: its row is what keeps it from being sent twice.
  messageDays: 90,
  // Longer than an invitation is good for.
  invitationDays: 8,
  reportDays: 1,
};
const MAX_ROWS = 1_000_000;

const numberOf = (byDefault: number, min: number, max: number) => wholeNumber(min, max).prefault(String(byDefault));

/** `what` is kept for so many days. */
const days = (byDefault: number, min: number, what: string) =>
  numberOf(byDefault, min, MAX_RETENTION_DAYS).describe(`Days that ${what} are kept, ${min} to ${MAX_RETENTION_DAYS}`);

export const retentionSettings = {
  // The budgets of a day count these rows, so they must stay for more than one.
  RETENTION_SMS_CODE_DAYS: days(2, 2, 'codes by text message'),
  RETENTION_REFERRER_TRY_DAYS: days(2, 2, 'tries to name a referrer'),
  RETENTION_IDENTITY_DRAFT_DAYS: days(7, MIN_RETENTION_DAYS.identityDraftDays, 'unfinished real-name forms'),
  RETENTION_KNOWN_LOGIN_DAYS: days(
    180,
    MIN_RETENTION_DAYS.knownLoginDays,
    'devices and networks that an account has logged in from',
  ),
  RETENTION_MESSAGE_DAYS: days(1_095, MIN_RETENTION_DAYS.messageDays, 'messages of the inbox'),
  RETENTION_ID_IMAGE_DAYS: days(
    30,
    MIN_RETENTION_DAYS.idImageDays,
    'pictures of identity documents, after the real name was verified,',
  ),
  RETENTION_INVITATION_DAYS: days(90, MIN_RETENTION_DAYS.invitationDays, 'invitations of organisations'),
  RETENTION_DONE_WORK_DAYS: days(30, 1, 'rows of finished background work'),
  RETENTION_DISCARDED_WORK_DAYS: days(180, 1, 'rows of background work that staff discarded'),
  RETENTION_REPORT_DAYS: days(180, MIN_RETENTION_DAYS.reportDays, 'reports about public works that staff decided on'),
  RETENTION_SHARE_LINK_DAYS: days(180, 1, 'share links of certificates, after they are over,'),
  RETENTION_FORGED_PAYMENT_DAYS: days(30, 1, 'samples of forged payment notifications'),
  RETENTION_FORGED_PAYMENT_ROWS: numberOf(1_000, 1, MAX_ROWS).describe(
    `Samples of forged payment notifications that are kept at most, 1 to ${MAX_ROWS}`,
  ),
};

type RetentionEnvironment = { [Name in keyof typeof retentionSettings]: number };

export type RetentionPeriods = Readonly<ReturnType<typeof retentionOf>>;

export function retentionOf(env: RetentionEnvironment) {
  return {
    smsCodeDays: env.RETENTION_SMS_CODE_DAYS,
    referrerTryDays: env.RETENTION_REFERRER_TRY_DAYS,
    identityDraftDays: env.RETENTION_IDENTITY_DRAFT_DAYS,
    knownLoginDays: env.RETENTION_KNOWN_LOGIN_DAYS,
    messageDays: env.RETENTION_MESSAGE_DAYS,
    idImageDays: env.RETENTION_ID_IMAGE_DAYS,
    invitationDays: env.RETENTION_INVITATION_DAYS,
    doneWorkDays: env.RETENTION_DONE_WORK_DAYS,
    discardedWorkDays: env.RETENTION_DISCARDED_WORK_DAYS,
    reportDays: env.RETENTION_REPORT_DAYS,
    shareLinkDays: env.RETENTION_SHARE_LINK_DAYS,
    forgedPaymentDays: env.RETENTION_FORGED_PAYMENT_DAYS,
    forgedPaymentRows: env.RETENTION_FORGED_PAYMENT_ROWS,
  };
}
