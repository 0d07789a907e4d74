// SPDX-License-Identifier: Apache-2.0
// How long rows stay whose number other people decide, or that law lets us keep for a time only. docs/retention.md is this
// list as a table; a test compares the two, and both with the tables of the database.
import type { Db } from '../db/database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { FREE_ORDER, NOT_HELD_ACCOUNT } from '../legal-holds/index.ts';
import { eachItem, type OnItemFailure } from '../queue/each-item.ts';
import type { RetentionPeriods } from '../retention-settings.ts';

/** Rows of one statement: a sweep must not hold its locks for long. */
const ROWS_AT_ONCE = 10_000;

export interface Due {
  periods: RetentionPeriods;
  now: Date;
  /** Rows of one statement. */
  limit: number;
}

export interface Retention {
  table: string;
  what: string;
  /** As in the document: the settings' names, or a state of the row. */
  kept: string;
  /** Deletes rows that have had their time. */
  drop(db: Db, due: Due): PromiseLike<{ count: number }>;
}

const DAY_MS = 86_400_000;
const olderThan = (days: number, now: Date) => ({ lt: new Date(now.getTime() - days * DAY_MS) });

/** Of right holders: those of real names end when another one is sent. */
const unusedImages = (createdAt: { lt: Date }): Prisma.PrivateImageWhereInput => ({
  createdAt,
  purpose: { in: ['HOLDER_FRONT', 'HOLDER_BACK', 'HOLDER_LICENCE', 'HOLDER_PERMIT'] },
  holderFrontOf: { none: {} },
  holderBackOf: { none: {} },
  holderLicenceOf: { none: {} },
  holderPermitOf: { none: {} },
});
const ID_CARD = ['ID_FRONT', 'ID_BACK'] as const;
/** Beside another `OR`. */
const HAS_IMAGE = { NOT: { frontImageId: null, backImageId: null } };

export const RETENTION: readonly Retention[] = [
  {
    table: 'sms_code',
    what: 'codes by text message',
    kept: '`RETENTION_SMS_CODE_DAYS`',
    drop: (db, { periods, now, limit }) =>
      db.smsCode.deleteMany({ where: { sentAt: olderThan(periods.smsCodeDays, now) }, limit }),
  },
  {
    table: 'login_lock',
    what: 'wrong passwords per telephone',
    kept: 'until the lock ends',
    // A limit would choose the rows first, and then delete also one that was renewed meanwhile. There is one per telephone.
    drop: (db, { now }) => db.loginLock.deleteMany({ where: { endsAt: { lte: now } } }),
  },
  {
    table: 'referrer_try',
    what: 'referrers that were named',
    kept: '`RETENTION_REFERRER_TRY_DAYS`',
    drop: (db, { periods, now, limit }) =>
      db.referrerTry.deleteMany({ where: { triedAt: olderThan(periods.referrerTryDays, now) }, limit }),
  },
  {
    table: 'captcha_use',
    what: 'challenges that were solved and used',
    kept: 'until the challenge would have expired',
    drop: (db, { now, limit }) => db.captchaUse.deleteMany({ where: { expiresAt: { lte: now } }, limit }),
  },
  {
    table: 'data_export',
    what: 'copies of their data that members asked for',
    kept: '7 days',
    drop: (db, { now, limit }) => db.dataExport.deleteMany({ where: { expiresAt: { lte: now } }, limit }),
  },
  {
    table: 'session',
    what: 'sessions',
    kept: 'until the session ends',
    drop: (db, { now, limit }) => db.session.deleteMany({ where: { expire: { lte: now } }, limit }),
  },
  {
    table: 'identity_draft',
    what: 'real-name forms that were left unfinished',
    kept: '`RETENTION_IDENTITY_DRAFT_DAYS`',
    // No limit, as above: a form that is saved meanwhile stays. There is one per account.
    drop: (db, { periods, now }) =>
      db.identityDraft.deleteMany({ where: { savedAt: olderThan(periods.identityDraftDays, now) } }),
  },
  {
    table: 'known_login',
    what: 'devices and networks of logins, as digests',
    kept: '`RETENTION_KNOWN_LOGIN_DAYS` after the last login from there',
    drop: (db, { periods, now, limit }) =>
      db.knownLogin.deleteMany({ where: { lastSeenAt: olderThan(periods.knownLoginDays, now) }, limit }),
  },
  {
    table: 'message',
    what: 'messages of the inbox, read or not',
    kept: '`RETENTION_MESSAGE_DAYS`',
    drop: (db, { periods, now, limit }) =>
      db.message.deleteMany({ where: { createdAt: olderThan(periods.messageDays, now) }, limit }),
  },
  {
    table: 'right_holder_draft',
    what: 'forms of right holders that were left unfinished',
    kept: '`RETENTION_IDENTITY_DRAFT_DAYS`',
    // No limit, for the same reason. Each account has one for each entry that it edits.
    drop: (db, { periods, now }) =>
      db.rightHolderDraft.deleteMany({ where: { savedAt: olderThan(periods.identityDraftDays, now) } }),
  },
  {
    table: 'private_image',
    what: 'pictures of documents that no right holder has, after the forms they were sent for',
    kept: '`RETENTION_IDENTITY_DRAFT_DAYS` after they were sent, and a day',
    drop: (db, { periods, now, limit }) =>
      db.privateImage.deleteMany({ where: unusedImages(olderThan(periods.identityDraftDays + 1, now)), limit }),
  },
  {
    table: 'private_image',
    what: 'pictures of identity documents; the real name and the result of its verification stay',
    kept: '`RETENTION_ID_IMAGE_DAYS` after the verification or the rejection, or after another version took the place of one that was not verified; while a legal hold stands on an order of the member, not at all',
    // Stopped between the two statements, the next sweep finds pictures that nothing uses.
    async drop(db, { periods, now, limit }) {
      const isDue = olderThan(periods.idImageDays, now);
      await db.identity.updateMany({
        where: {
          OR: [{ verifiedAt: isDue }, { verifiedAt: null, supersededAt: isDue }, { state: 'REJECTED', stateAt: isDue }],
          ...HAS_IMAGE,
          account: NOT_HELD_ACCOUNT,
        },
        data: { frontImageId: null, backImageId: null },
      });
      const isUnused = { frontOf: { none: {} }, backOf: { none: {} } };
      const where = { createdAt: isDue, purpose: { in: [...ID_CARD] }, ...isUnused };
      return db.privateImage.deleteMany({ where, limit });
    },
  },
  {
    table: 'assistance_letter',
    what: 'letters of courts that no case has taken',
    kept: '`RETENTION_IDENTITY_DRAFT_DAYS` after they were sent, and a day',
    drop: (db, { periods, now, limit }) =>
      db.assistanceLetter.deleteMany({
        where: { caseId: null, createdAt: olderThan(periods.identityDraftDays + 1, now) },
        limit,
      }),
  },
  {
    table: 'offline_voucher',
    what: 'vouchers of offline payments that nobody entered after they were sent',
    kept: '`RETENTION_IDENTITY_DRAFT_DAYS` after they were sent, and a day',
    drop: (db, { periods, now, limit }) =>
      db.offlineVoucher.deleteMany({
        where: { createdAt: olderThan(periods.identityDraftDays + 1, now), booking: null },
        limit,
      }),
  },
  {
    table: 'counter_mandate',
    what: '授权委托书 with which nobody filed an order after they were sent',
    kept: '`RETENTION_IDENTITY_DRAFT_DAYS` after they were sent, and a day',
    drop: (db, { periods, now, limit }) =>
      db.counterMandate.deleteMany({
        where: { createdAt: olderThan(periods.identityDraftDays + 1, now), filing: null },
        limit,
      }),
  },
  {
    table: 'organisation_draft',
    what: 'forms of organisations that were left unfinished',
    kept: '`RETENTION_IDENTITY_DRAFT_DAYS`',
    // No limit, as above.
    drop: (db, { periods, now }) =>
      db.organisationDraft.deleteMany({ where: { savedAt: olderThan(periods.identityDraftDays, now) } }),
  },
  {
    table: 'organisation_invitation',
    what: 'invitations of organisations; the audit log keeps who invited and who answered',
    kept: '`RETENTION_INVITATION_DAYS`',
    drop: (db, { periods, now, limit }) =>
      db.organisationInvitation.deleteMany({ where: { createdAt: olderThan(periods.invitationDays, now) }, limit }),
  },
  {
    table: 'outbox',
    what: 'work that is done',
    kept: '`RETENTION_DONE_WORK_DAYS`',
    drop: (db, { periods, now, limit }) =>
      db.outbox.deleteMany({ where: { doneAt: olderThan(periods.doneWorkDays, now) }, limit }),
  },
  {
    table: 'outbox',
    what: 'work that staff discarded; the audit log keeps who did, and its last error',
    kept: '`RETENTION_DISCARDED_WORK_DAYS`',
    drop: (db, { periods, now, limit }) =>
      db.outbox.deleteMany({ where: { discardedAt: olderThan(periods.discardedWorkDays, now) }, limit }),
  },
  {
    table: 'publication_report',
    what: 'reports about public works that staff decided on',
    kept: '`RETENTION_REPORT_DAYS`',
    drop: (db, { periods, now, limit }) =>
      db.publicationReport.deleteMany({
        where: { state: { not: 'OPEN' }, stateAt: olderThan(periods.reportDays, now) },
        limit,
      }),
  },
  {
    table: 'share_link',
    what: 'share links of certificates, with the times of their openings; the audit log keeps who made and ended them',
    kept: '`RETENTION_SHARE_LINK_DAYS` after they expired or were ended; while a legal hold stands on the order, not at all',
    drop(db, { periods, now, limit }) {
      const isDue = olderThan(periods.shareLinkDays, now);
      const isFree = [{ attestation: FREE_ORDER }, { registration: FREE_ORDER }];
      const where = { OR: [{ expiresAt: isDue }, { endedAt: isDue }], AND: { OR: isFree } };
      return db.shareLink.deleteMany({ where, limit });
    },
  },
  {
    table: 'payment_notification',
    what: 'forged payment notifications',
    kept: 'the newest `RETENTION_FORGED_PAYMENT_ROWS`, for at most `RETENTION_FORGED_PAYMENT_DAYS`',
    async drop(db, { periods, now, limit }) {
      const first = await db.paymentNotification.findFirst({
        where: { verified: false },
        orderBy: { id: 'desc' },
        skip: periods.forgedPaymentRows,
        select: { id: true },
      });
      const surplus = first ? [{ id: { lte: first.id } }] : [];
      const isOver = [{ receivedAt: olderThan(periods.forgedPaymentDays, now) }, ...surplus];
      return db.paymentNotification.deleteMany({ where: { verified: false, OR: isOver }, limit });
    },
  },
];

export interface Sweep {
  periods: RetentionPeriods;
  now: Date;
  /** All of them unless given. */
  table?: string;
  /** A table that cannot be swept holds up no other. */
  onItemFailure: OnItemFailure;
}

/** Deletes what has had its time, and answers how many rows of each table it deleted. May run twice, also at once. */
export async function sweepRetention(
  db: Db,
  { periods, now, table: only, onItemFailure: onFailure }: Sweep,
): Promise<Record<string, number>> {
  const swept: Record<string, number> = {};
  const due = RETENTION.filter(({ table }) => table === (only ?? table));
  const run = async ({ table, drop }: Retention) => {
    const { count } = await drop(db, { periods, now, limit: ROWS_AT_ONCE });
    swept[table] = (swept[table] ?? 0) + count;
    return true;
  };
  await eachItem({ work: 'sweep-retention', items: due.map((each) => ({ ...each, id: each.what })), onFailure, run });
  return swept;
}
