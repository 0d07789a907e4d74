// SPDX-License-Identifier: Apache-2.0
// Who makes the request, and what they may do. The account is read again for each request, so a disabled account
// or a withdrawn role counts at once.
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { DomainError } from '../errors.ts';

export const ROLES = ['reviewer', 'senior-reviewer', 'finance', 'auditor', 'admin', 'security-admin'] as const;
export type Role = (typeof ROLES)[number];
export const rolesSchema = z.array(z.enum(ROLES));

/** The second step of a staff log-in: not asked of this account, to be enrolled, to be passed, or passed. */
export const SECOND_STEPS = ['none', 'enrol', 'ask', 'done'] as const;
export type SecondStepState = (typeof SECOND_STEPS)[number];

export interface Member {
  id: string;
  sessionEpoch: number;
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

/** Who may call: anybody, whoever is logged in, whoever has a verified real name, or staff with one of the roles. */
export type Access = 'anyone' | 'member' | 'verified' | { staff: readonly Role[] };

/** Undefined for an account that may not act: unknown, disabled or closed. */
export type LoadMember = (accountId: string) => Promise<LoadedMember | undefined>;

/** However busy it is kept, a session ends this long after the login. */
export const LONGEST_SESSION_MS = 24 * 60 * 60 * 1_000;

const members = new WeakMap<Request, Member>();

/** Finds the member behind the session; none is no error yet. `isStrict`: staff cannot do without a second step. */
export function identifyMember(loadMember: LoadMember, { isStrict }: { isStrict: boolean }): RequestHandler {
  return async (req, _res, next) => {
    const { accountId, epoch, loggedInAt, secondStepAt } = req.session;
    const member = accountId === undefined ? undefined : await loadMember(accountId);
    const isFresh = loggedInAt !== undefined && Date.now() - loggedInAt < LONGEST_SESSION_MS;
    if (member && isFresh && member.sessionEpoch === epoch)
      members.set(req, withSecondStep(member, { isStrict, hasPassed: secondStepAt !== undefined }));
    next();
  };
}

export function requireAccess(access: Access): RequestHandler {
  return (req, _res, next) => {
    if (access !== 'anyone') authorize(memberOf(req), access);
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

export function actorOf(member: Member): string {
  return `account:${member.id}`;
}

function authorize(member: Member, access: Exclude<Access, 'anyone'>): void {
  if (access === 'member') return;
  if (access === 'verified') {
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
