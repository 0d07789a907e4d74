// SPDX-License-Identifier: Apache-2.0
// Whose right holders a request is about.
import type { Request } from 'express';
import { memberOf, type Owner } from '../http/members.ts';

export { type Owner, ownedBy } from '../http/members.ts';

export const ownerOf = (req: Request): Owner => memberOf(req).owner;

export const ownerId = ({ accountId, organisationId }: Owner): string => organisationId ?? accountId;
