// SPDX-License-Identifier: Apache-2.0
// What an owner states of a licence, a transfer or a dispute, and what the API says of the record.
import { z } from 'zod';
import { code } from '../http/validation.ts';
import { ECONOMIC_RIGHTS, OTHER_RIGHT } from '../registrations/index.ts';
import { anyDaySchema, daySchema, line, paragraphs } from '../works/index.ts';
import { RIGHTS_EVENT_KINDS, RIGHTS_EVENT_STATES } from './rights-event.ts';

const MAX_NAME = 100;
const MAX_NOTE = 200;
const MAX_WORDS = 1_000;
const MAX_DOCUMENTS = 10;

/** Of an objection to a certificate. */
export const OBJECTION_REASONS = ['OWNERSHIP', 'ORIGINALITY', 'LICENCE', 'FACTS', 'OTHER'] as const;

export const EXCLUSIVITIES = ['EXCLUSIVE', 'SOLE', 'NON_EXCLUSIVE'] as const;

const isGiven = (text: string) => text !== '';
const name = line(MAX_NAME).refine(isGiven, code('missing'));
const words = paragraphs(MAX_WORDS).refine(isGiven, code('missing'));
const anyDay = anyDaySchema.refine((day) => day >= '1000-01-01', code('out-of-range'));

const rightsFields = {
  rights: z
    .array(z.enum(ECONOMIC_RIGHTS))
    .min(1)
    .max(ECONOMIC_RIGHTS.length)
    .refine((rights) => new Set(rights).size === rights.length, code('duplicate'))
    .meta({ description: 'R05 to R17: the personal rights R01 to R04 can be neither licensed nor transferred' }),
  rightsNote: paragraphs(MAX_NOTE).default('').meta({ description: 'Demanded with R17' }),
};

/** Other fields may be wrong when this is asked, and have any shape. */
const lacksNote = ({ rights, rightsNote }: { rights: unknown; rightsNote: unknown }) =>
  Array.isArray(rights) && rights.includes(OTHER_RIGHT) && (rightsNote === undefined || rightsNote === '');

const NOTE_FAULT = { path: ['rightsNote'], ...code('missing'), when: () => true };

const licence = z
  .strictObject({
    kind: z.literal('LICENCE'),
    licensee: name,
    exclusivity: z.enum(EXCLUSIVITIES).meta({ description: '专有, 排他 or 普通' }),
    ...rightsFields,
    territory: name,
    from: anyDay,
    to: anyDay.nullable().default(null).meta({ description: 'The last day; null when none is agreed' }),
  })
  .refine((facts) => !lacksNote(facts), NOTE_FAULT)
  .refine(({ from, to }) => typeof from !== 'string' || typeof to !== 'string' || from <= to, {
    path: ['to'],
    ...code('out-of-range'),
    when: () => true,
  });

const transfer = z
  .strictObject({ kind: z.literal('TRANSFER'), transferee: name, ...rightsFields, transferredOn: daySchema })
  .refine((facts) => !lacksNote(facts), NOTE_FAULT);

const courtFields = {
  court: line(MAX_NAME).default('').meta({ description: 'Or another body' }),
  caseNumber: line(MAX_NAME).default(''),
};

const openDispute = z.strictObject({
  kind: z.literal('DISPUTE'),
  status: z.literal('OPEN'),
  claimant: name.meta({ description: 'As the owner states it' }),
  matter: words.meta({ description: 'What is disputed' }),
  raisedOn: daySchema,
  ...courtFields,
});

const settledDispute = z.strictObject({
  kind: z.literal('DISPUTE'),
  status: z.literal('SETTLED'),
  cites: z.uuid().meta({ description: 'The record of the dispute that was settled' }),
  outcome: words,
  settledOn: daySchema,
  ...courtFields,
});

const STATED = [licence, transfer, z.discriminatedUnion('status', [openDispute, settledDispute])] as const;

/** What an owner states. */
const statedFactsSchema = z.discriminatedUnion('kind', STATED).meta({ id: 'RightsEventFacts' });

export type StatedFacts = z.output<typeof statedFactsSchema>;

/** What the platform states, of an objection that staff upheld: neither words nor names. */
const upheldObjection = z.strictObject({
  kind: z.literal('OBJECTION'),
  objectionNumber: z.string().meta({ description: '异议编号, 19 digits: the other side of the event' }),
  reason: z.enum(OBJECTION_REASONS),
  certificateNumber: z.string().meta({ description: 'Of the certificate that was objected to' }),
  upheldOn: z.iso.date(),
});

export type UpheldFacts = z.output<typeof upheldObjection>;

export const factsSchema = z
  .discriminatedUnion('kind', [...STATED, upheldObjection])
  .meta({ id: 'RecordedRightsFacts' });

export type Facts = z.output<typeof factsSchema>;

export const recordingSchema = z
  .strictObject({
    id: z.uuid().optional().meta({
      description: 'Chosen by the page: sent again with the same id, a request makes no second record',
    }),
    facts: statedFactsSchema,
    documents: z.array(z.uuid()).max(MAX_DOCUMENTS).default([]).meta({
      description: 'Uploads: PDF, DOCX, JPEG or PNG. What goes on record of them is their digests',
    }),
  })
  .meta({ id: 'RightsEventForm' });

export type Recording = z.output<typeof recordingSchema>;

const instant = z.iso.datetime();

const citationSchema = z.object({ id: z.uuid(), recordNumber: z.string() });

export const rightsEventSchema = z
  .object({
    id: z.uuid(),
    recordNumber: z.string().meta({ description: '权利变动记录编号, 19 digits' }),
    workId: z.uuid(),
    workSerial: z.int(),
    title: z.string().meta({ description: 'Of the work, when the event was recorded' }),
    kind: z.enum(RIGHTS_EVENT_KINDS),
    state: z.enum(RIGHTS_EVENT_STATES),
    recordedAt: instant,
    number: z.string().nullable().meta({ description: 'Of its entry in the ledger, once that is final' }),
    receivedAt: instant.nullable().meta({ description: 'When the ledger took the entry' }),
    facts: factsSchema.nullable().meta({
      description: 'As its owner, or of an upheld objection the platform, states them; null once they were erased',
    }),
    documents: z.array(z.object({ uploadId: z.uuid(), name: z.string(), size: z.string(), sha256: z.string() })),
    cites: citationSchema.nullable(),
    settledBy: citationSchema.nullable().meta({ description: 'Of a dispute: the record of its outcome' }),
  })
  .meta({ id: 'RightsEvent' });

export type RightsEventView = z.output<typeof rightsEventSchema>;

export const stepKindSchema = z.enum([
  'ATTESTATION',
  'REGISTRATION',
  'REISSUE',
  'AMENDMENT',
  'REVOCATION',
  ...RIGHTS_EVENT_KINDS,
]);

const stepSchema = z
  .object({
    kind: stepKindSchema,
    at: instant,
    isFinal: z.boolean().meta({ description: 'On the chain; otherwise it is on its way there' }),
    number: z.string().nullable().meta({ description: 'Of the certificate or of the record, once it is final' }),
    registrationNumber: z.string().nullable().meta({ description: '登记号' }),
    orderId: z.uuid().nullable().meta({ description: 'Of the attestation or registration' }),
    isRegistration: z.boolean().meta({ description: 'Of a revocation: what was revoked' }),
    event: rightsEventSchema.nullable(),
  })
  .meta({ id: 'RightsStep' });

export const timelineSchema = z
  .object({
    workId: z.uuid(),
    workSerial: z.int(),
    title: z.string(),
    canRecord: z.boolean().meta({ description: 'The work is certified or registered' }),
    steps: z.array(stepSchema).meta({ description: 'The earliest first' }),
  })
  .meta({ id: 'RightsTimeline' });

export type Timeline = z.output<typeof timelineSchema>;
export type Step = Timeline['steps'][number];
