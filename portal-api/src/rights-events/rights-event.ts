// SPDX-License-Identifier: Apache-2.0
// An event of a work's rights (权利变动记录): a licence, a transfer or a dispute, as the owner of the work states it, or an
// objection that staff upheld. It goes on record at once; nobody reviews it, and it is no certificate.
import type { Machine } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';

export const RIGHTS_EVENT_KINDS = ['LICENCE', 'TRANSFER', 'DISPUTE', 'OBJECTION'] as const;
export const RIGHTS_EVENT_STATES = ['RECORDED', 'ENTERED', 'FINAL'] as const;

type RightsEventState = (typeof RIGHTS_EVENT_STATES)[number];

export const rightsEventMachine: Machine<
  RightsEventState,
  'enter' | 'finalise',
  Prisma.RightsEventUpdateManyMutationInput
> = {
  name: 'rights-event',
  records: (db) => db.rightsEvent,
  transitions: [
    { from: ['RECORDED'], event: 'enter', to: 'ENTERED' },
    { from: ['ENTERED'], event: 'finalise', to: 'FINAL' },
  ],
};

/** Outbox topic; the payload is `{ rightsEventId, round }`, and the round is always 1. */
export const RIGHTS_EVENT_ENTRY_TOPIC = 'rights-event-entry';

/** What is on record cannot be taken back, so the list of a work is bounded. */
export const MAX_EVENTS_OF_A_WORK = 100;

/** Part of what goes on record. */
export const BASIS = '由权利人陈述，平台未作实质审查';
/** The same of an upheld objection. */
export const UPHELD_BASIS = '异议成立，由平台依处理结果记录';
