// SPDX-License-Identifier: Apache-2.0
// Rows of the audit log as lines for an evidence package. A line holds all that its digest covers, so anybody can compute
// that again; the rows between two lines are other people's, so the chain itself is for auditors.
import type { Db } from '../db/database.ts';
import type { Audit, Prisma } from '../generated/prisma/client.ts';
import type { Owner } from '../http/members.ts';

/** Saved drafts: there may be thousands, and none was ever submitted. */
const SAVED_DRAFT = '.save';
/** What an account or an organisation did and underwent before and beside its works. */
const OWNER_ACTIONS = [
  'account.register',
  'account.agree',
  'account.reset-password',
  'account.change-phone',
  'identity.verify',
  'identity.submit',
  'identity.check',
  'identity.approve',
  'identity.reject',
  'identity.change-contact',
  'organisation.found',
  'organisation.save',
  'organisation.save-contact',
  'organisation.approve',
  'organisation.reject',
];
/** Of a person alone: when a clerk logs in is not the organisation's to hand on. */
const LOGIN_ACTIONS = ['account.login', 'account.end-session', 'account.end-sessions'];

/** All that happened to these subjects so far, earliest first. A later call gives the same lines, and newer ones after them. */
export async function processLines(db: Db, subjects: readonly string[]): Promise<string[]> {
  return linesOf(db, { subject: { in: [...subjects] }, NOT: { action: { endsWith: SAVED_DRAFT } } });
}

/** How the owner came to be known to the platform, and when they logged in since `since`. */
export async function ownerLines(
  db: Db,
  { owner: { accountId, organisationId }, since }: { owner: Owner; since: Date },
): Promise<string[]> {
  const identities = await db.identity.findMany({ where: { accountId }, select: { id: true } });
  const subjects = [
    `account:${accountId}`,
    ...identities.map(({ id }) => `identity:${id}`),
    ...(organisationId === null ? [] : [`organisation:${organisationId}`]),
  ];
  const ofOwner = { action: { in: OWNER_ACTIONS } };
  const logins = organisationId === null ? [{ action: { in: LOGIN_ACTIONS }, at: { gte: since } }] : [];
  return linesOf(db, { subject: { in: subjects }, OR: [ofOwner, ...logins] });
}

async function linesOf(db: Db, where: Prisma.AuditWhereInput): Promise<string[]> {
  return (await db.audit.findMany({ where, orderBy: { seq: 'asc' } })).map(lineOf);
}

function lineOf({ seq, at, actor, action, subject, detail, prevDigest, digest }: Audit): string {
  const row = { seq: String(seq), at: at.toISOString(), actor, action, subject, detail };
  return `${JSON.stringify({ ...row, previous: hex(prevDigest), digest: hex(digest) })}\n`;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
