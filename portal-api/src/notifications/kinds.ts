// SPDX-License-Identifier: Apache-2.0
// The closed list of messages. Whoever adds an event adds its kind, with its sentences in both languages, to a file of
// the domain's name beside this one, and lists it here. A kind's name is stored: it is never changed.
import type { z } from 'zod';
import { accountKinds } from './account-kinds.ts';
import { courtKinds } from './court-kinds.ts';
import { identityKinds } from './identity-kinds.ts';
import { orderKinds } from './order-kinds.ts';
import { organisationKinds } from './organisation-kinds.ts';
import { publicationKinds } from './publication-kinds.ts';
import { refundKinds } from './refund-kinds.ts';
import { registrationKinds } from './registration-kinds.ts';
import { uploadKinds } from './upload-kinds.ts';
import { versionKinds } from './version-kinds.ts';

export const KINDS = {
  ...orderKinds,
  ...registrationKinds,
  ...versionKinds,
  ...courtKinds,
  ...refundKinds,
  ...accountKinds,
  ...identityKinds,
  ...organisationKinds,
  ...publicationKinds,
  ...uploadKinds,
};

export type KindName = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as [KindName, ...KindName[]];

/** Those that leave by text message. */
export const smsKinds = (): KindName[] =>
  KIND_NAMES.filter((name) => KINDS[name].channels.some((each) => each === 'sms'));

/** What `notify` takes for a kind. */
export type DataOf<Name extends KindName> = z.input<(typeof KINDS)[Name]['data']>;
