// SPDX-License-Identifier: Apache-2.0
import type { Request } from 'express';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { type Member, memberOf } from '../http/members.ts';
import { passSecondStep } from '../http/sessions.ts';
import { secondStepApi } from './second-step.api.ts';
import type { SecondStep } from './second-step.ts';

export function secondStepEndpoints(secondStep: SecondStep): Endpoint[] {
  return [
    endpoint(secondStepApi.pass, async ({ body, req }) => {
      await secondStep.pass(staffOf(req).id, body.code);
      await passSecondStep(req);
      return undefined;
    }),
    endpoint(secondStepApi.enrol, async ({ req }) => {
      const { id } = mayEnrol(staffOf(req));
      return secondStep.enrol(id);
    }),
    endpoint(secondStepApi.confirm, async ({ body, req }) => {
      const { id } = mayEnrol(staffOf(req));
      const codes = await secondStep.confirm(id, body.code);
      await passSecondStep(req);
      return codes;
    }),
  ];
}

/** Members without a role have no second step. */
function staffOf(req: Request): Member {
  const member = memberOf(req);
  if (!member.isStaff) throw new DomainError('forbidden');
  return member;
}

/** Whoever has an authenticator changes it only after a code of it: a password alone must not replace it. */
function mayEnrol(member: Member): Member {
  if (member.secondStep === 'ask') throw new DomainError('second-step-required');
  return member;
}
