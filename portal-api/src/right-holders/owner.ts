// SPDX-License-Identifier: Apache-2.0
// For whom a request acts: the account itself, or an organisation.
import type { Request } from 'express';
import { memberOf } from '../http/members.ts';

export interface Owner {
  accountId: string;
  organisationId: string | null;
}

export function ownerOf(req: Request): Owner {
  return { accountId: memberOf(req).id, organisationId: null };
}

/** The rows of an organisation, whoever entered them; or those of an account without one. */
export function ownedBy({ accountId, organisationId }: Owner) {
  return organisationId === null ? { accountId, organisationId } : { organisationId };
}

export const ownerId = ({ accountId, organisationId }: Owner): string => organisationId ?? accountId;
