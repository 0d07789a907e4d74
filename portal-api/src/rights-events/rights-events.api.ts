// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { PROOF_TYPES } from '../http/proof-media.ts';
import { recordId } from '../http/validation.ts';
import { recordingSchema, rightsEventSchema, timelineSchema } from './rights-events.schema.ts';

const own = { access: 'verified', params: z.object({ id: recordId }) } as const;

export const rightsEventApi = {
  timeline: operation({
    ...own,
    method: 'get',
    path: '/works/{id}/rights-events',
    summary: 'The history of the rights of my work: attestations, registrations, revocations and recorded changes',
    answer: timelineSchema,
    errors: ['work-not-found'],
  }),
  record: operation({
    ...own,
    method: 'post',
    path: '/works/{id}/rights-events',
    summary: 'Put a licence, a transfer or a dispute of my work on record, as I state it; nobody reviews it',
    limit: 'rights-event',
    body: recordingSchema,
    status: 201,
    answer: rightsEventSchema,
    errors: ['work-not-found', 'work-not-on-record', 'rights-event-limit-reached', 'rights-event-not-found'],
  }),
  read: operation({
    ...own,
    method: 'get',
    path: '/rights-events/{id}',
    summary: 'A record of mine',
    answer: rightsEventSchema,
    errors: ['rights-event-not-found'],
  }),
  bundle: operation({
    ...own,
    method: 'get',
    path: '/rights-events/{id}/bundle',
    summary: 'The proof bundle of my record, with its sections',
    limit: 'rights-event-proof',
    media: PROOF_TYPES,
    errors: ['rights-event-not-found', 'record-not-final', 'ledger-unavailable'],
  }),
};
