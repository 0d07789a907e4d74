// SPDX-License-Identifier: Apache-2.0
// Who makes the request, for whom they act, and what that lets them do. Account and membership are read again for each
// request, so a disabled account, a withdrawn role or an ended membership counts at once.
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { DomainError } from '../errors.ts';

export const ROLES = ['reviewer', 'senior-reviewer', 'finance', 'auditor', 'admin', 'security-admin'] as const;
export type Role = (typeof ROLES)[number];
export const rolesSchema = z.array(z.enum(ROLES));

/** The second step of a staff log-in: not asked of this account, to be enrolled, to be passed, or passed. */
export const SECOND_STEPS = ['none', 'enrol', 'ask', 'done'] as const;
export type SecondStepState = (typeof SECOND_STEPS)[number];

export const ORGANISATION_ROLES = ['MANAGER', 'CLERK'] as const;
export type OrganisationRole = (typeof ORGANISATION_ROLES)[number];

/** For whom a request acts: the account itself, or an organisation through it. */
export interface Owner {
  accountId: string;
  organisationId: string | null;
}

export interface Member {
  id: string;
  sessionEpoch: number;
  owner: Owner;
  /** In the organisation acted for; null while the member acts for themselves. */
  organisationRole: OrganisationRole | null;
  /** The real name of the party acted for is verified. */
  isVerified: boolean;
  /** Empty until the second step is passed, where it is asked for. */
  roles: readonly Role[];
  /** Holds a role, whether or not the session has passed the second step. */
  isStaff: boolean;
  secondStep: SecondStepState;
}

/** As the database knows them, whatever the session has passed. */
export interface LoadedMember extends Omit<Member, 'isStaff' | 'secondStep'> {
  hasSecondStep: boolean;
}

/**
 * Who may call: anybody, whoever is logged in, whoever acts for a verified party, who acts for a verified organisation as
 * its manager, or staff with one of the roles.
 */
export type Access = 'anyone' | 'member' | 'verified' | 'manager' | { staff: readonly Role[] };

/**
 * Undefined for an account that may not act: unknown, disabled or closed. Who is no member of the organisation (any more)
 * acts for themselves.
 */
export type LoadMember = (accountId: string, organisationId: string | null) => Promise<LoadedMember | undefined>;

/** The rows of an owner: an organisation's, whoever made them, or those that an account made for itself. */
export function ownedBy({ accountId, organisationId }: Owner): { organisationId: string } | OwnRows {
  return organisationId === null ? { accountId, organisationId } : { organisationId };
}

/** The account that makes the rows, and the organisation that they belong to. */
interface OwnRows {
  accountId: string;
  organisationId: null;
}

/** Every other row. SQL's null equals nothing, so a mere NOT would lose rows. */
export function notOwnedBy({ accountId, organisationId }: Owner) {
  return organisationId === null
    ? { OR: [{ organisationId: { not: null } }, { accountId: { not: accountId } }] }
    : { OR: [{ organisationId: null }, { organisationId: { not: organisationId } }] };
}

export function isOwnedBy(row: Owner, owner: Owner): boolean {
  if (row.organisationId !== owner.organisationId) return false;
  return owner.organisationId !== null || row.accountId === owner.accountId;
}

/** However busy it is kept, a session ends this long after the login. */
export const LONGEST_SESSION_MS = 24 * 60 * 60 * 1_000;

const ACTING_FOR = 'X-Acting-For';
const SELF = 'self';
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

const members = new WeakMap<Request, Member>();
/** Requests whose session acted for an organisation that the member no longer belongs to. */
const cutOff = new WeakSet<Request>();

/** Finds the member behind the session; none is no error yet. `isStrict`: staff cannot do without a second step. */
export function identifyMember(loadMember: LoadMember, { isStrict }: { isStrict: boolean }): RequestHandler {
  return async (req, _res, next) => {
    const { accountId, epoch, loggedInAt, secondStepAt, organisationId = null } = req.session;
    const member = accountId === undefined ? undefined : await loadMember(accountId, organisationId);
    const isFresh = loggedInAt !== undefined && Date.now() - loggedInAt < LONGEST_SESSION_MS;
    if (member && isFresh && member.sessionEpoch === epoch) {
      members.set(req, withSecondStep(member, { isStrict, hasPassed: secondStepAt !== undefined }));
      if (member.owner.organisationId !== organisationId) {
        req.session.organisationId = null;
        cutOff.add(req);
      }
    }
    next();
  };
}

export function requireAccess(access: Access): RequestHandler {
  return (req, _res, next) => {
    if (access !== 'anyone') {
      authorize(memberOf(req), access);
      requireSameParty(req);
    }
    next();
  };
}

/** The member, if somebody is logged in. */
export function findMember(req: Request): Member | undefined {
  return members.get(req);
}

/** The member, or `unauthenticated`. */
export function memberOf(req: Request): Member {
  const member = members.get(req);
  if (!member) throw new DomainError('unauthenticated');
  return member;
}

export function actorOf({ accountId }: Owner): string {
  return `account:${accountId}`;
}

/** For the detail of an audit row: the organisation for which the account acted. */
export function actingFor({ organisationId }: Owner): { organisationId?: string } {
  return organisationId === null ? {} : { organisationId };
}

/**
 * What a page shows must not be saved for another party: the page names the party it was made for. An ended membership
 * stops the next change, so that nothing meant for the organisation is saved for the member themselves.
 */
function requireSameParty(req: Request): void {
  const { organisationId } = memberOf(req).owner;
  const stated = req.get(ACTING_FOR);
  const isOther = stated !== undefined && stated !== (organisationId ?? SELF);
  const isCutOff = cutOff.has(req) && !SAFE_METHODS.includes(req.method);
  if (isOther || isCutOff) throw new DomainError('acting-changed', { actingFor: organisationId ?? SELF });
}

function authorize(member: Member, access: Exclude<Access, 'anyone'>): void {
  if (access === 'member') return;
  if (access === 'verified') {
    if (!member.isVerified) throw new DomainError('identity-required');
    return;
  }
  if (access === 'manager') {
    if (member.organisationRole !== 'MANAGER') throw new DomainError('forbidden');
    if (!member.isVerified) throw new DomainError('identity-required');
    return;
  }
  if (access.staff.some((role) => member.roles.includes(role))) return;
  throw new DomainError(isPending(member.secondStep) ? 'second-step-required' : 'forbidden');
}

const isPending = (step: SecondStepState) => step === 'enrol' || step === 'ask';

/** Before the second step the session is that of a member without any role. */
function withSecondStep(
  { hasSecondStep, ...member }: LoadedMember,
  { isStrict, hasPassed }: { isStrict: boolean; hasPassed: boolean },
): Member {
  const isStaff = member.roles.length > 0;
  const open = hasSecondStep ? 'ask' : isStrict ? 'enrol' : 'none';
  const secondStep = !isStaff ? 'none' : hasSecondStep && hasPassed ? 'done' : open;
  return { ...member, isStaff, secondStep, roles: isPending(secondStep) ? [] : member.roles };
}
