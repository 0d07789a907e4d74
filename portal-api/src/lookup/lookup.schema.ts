// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { typedNumberSchema } from '../earlier-certificates/index.ts';
import { code, pasted } from '../http/validation.ts';
import { publicObjectionSchema } from '../objections/index.ts';
import { publicStepSchema } from '../rights-events/index.ts';
import { registrationNumberIn } from './registration-number.ts';

const LARGEST = 2n ** 64n;

/** Any number the registry could hold. */
const number = z
  .string()
  .regex(/^[1-9]\d{0,19}$/, { abort: true })
  .refine((text) => BigInt(text) < LARGEST, code('malformed'));
/** 证单编号, as it is printed. */
const DOCUMENT_NUMBER = /^C3\d{18}$/;

const capitals = (text: string) => text.toUpperCase();
const smallLetters = (text: string) => text.toLowerCase();
const CLEANED = 'Spaces, invisible characters and full-width forms are cleaned away';

const digest = pasted(z.string().regex(/^[0-9a-f]{64}$/), smallLetters).meta({
  description: `64 hex digits. ${CLEANED}`,
  example: 'ab'.repeat(32),
});
const instant = z.iso.datetime({ precision: 3 }).meta({ description: 'UTC with milliseconds' });

export const numberParams = z.object({
  number: pasted(number).meta({
    description: `证书编号 or 确权存证编号, in decimal digits. ${CLEANED}`,
    example: '100000000000000123',
  }),
});

/** What stands on a certificate: its own number, its order number, its document number, or its registration number. */
export const printedNumberParams = z.object({
  number: pasted(
    z.string().refine((text) => isOwnNumber(text) || number.safeParse(text).success, code('malformed')),
    (text) => registrationNumberIn(text) ?? capitals(text),
  ).meta({
    description: `证书编号, 确权存证编号, 版权登记编号, 证单编号 or 登记号, of which dashes may be missing. ${CLEANED}`,
    example: 'C3202601010000000001',
  }),
});

/** A number that the portal gave itself, and not the ledger. */
const isOwnNumber = (text: string): boolean => isDocumentNumber(text) || registrationNumberIn(text) !== undefined;

export const isDocumentNumber = (text: string): boolean => DOCUMENT_NUMBER.test(text);

export const digestQuery = z
  .strictObject({ fileSha256: digest.optional(), manifestSha256: digest.optional() })
  .refine(({ fileSha256, manifestSha256 }) => (fileSha256 === undefined) !== (manifestSha256 === undefined), {
    path: ['fileSha256'],
    ...code('malformed'),
  });

/** Its own question: a number of ours is never answered with what another system gave. */
export const earlierQuery = z.strictObject({ number: typedNumberSchema });

export const codeBody = z.strictObject({
  code: pasted(z.string().min(1)).meta({
    description: `The code in the QR code's address, or the one printed for typing. ${CLEANED}`,
    example: 'ABCDE23456',
  }),
});

/** Of another form it is no token that anybody was given: it opens nothing, like a guessed one. */
export const tokenBody = z.strictObject({
  token: pasted(z.string().min(1).max(100)).meta({
    description: `The fragment of a share link's address. ${CLEANED}`,
    example: 'q83vEjRWeJq83vEjRWeJqg',
  }),
});

const anchorSchema = z.object({
  transaction: z.string().nullable(),
  block: z.string().nullable(),
  blockHash: z.string().nullable(),
  time: instant,
  root: z.string(),
  batch: z.string(),
  index: z.int(),
  count: z.int(),
});

const answerFields = {
  typed: z
    .enum(['certificate-number', 'order-number', 'document-number', 'registration-number'])
    .meta({ description: 'What the number asked for is' }),
  number: z.string().nullable().meta({ description: 'The certificate number; null while an order has none' }),
  kind: z.enum(['attestation', 'registration', 'submission', 'audit-head']),
  registration: z
    .object({ registrationNumber: z.string(), registeredOn: z.iso.date() })
    .nullable()
    .meta({ description: 'Of a registration: 登记号 and the day it was registered, in Beijing' }),
  isRightsEvent: z.literal(true).exactOptional().meta({
    description: 'Of a submission: it is a record of a change of rights (权利变动记录) made here',
  }),
  status: z.enum(['pending', 'returned', 'rejected', 'withdrawn', 'final', 'revoked']).meta({
    description:
      'Only `final` and `revoked` have a certificate. Of an order without one: `pending` is under review or being issued, `returned` ' +
      'waits for its changes, `rejected` and `withdrawn` will never have one',
  }),
  state: z.enum(['received', 'under-review', 'approved', 'sequenced', 'anchored', 'final', 'revoked']).meta({
    description: 'The step that was reached; `under-review` and `approved` are those of an order without a certificate',
  }),
  receivedAt: instant.nullable().meta({ description: 'Stated by the operator' }),
  manifestSha256: z.string().nullable(),
  registry: z.object({ chainId: z.string(), contract: z.string() }).nullable(),
  anchor: anchorSchema.nullable(),
  revocation: z.object({ at: instant, reason: z.string() }).nullable(),
  superseded: z.object({ at: instant, by: z.string() }).exactOptional().meta({
    description: 'A later version of the certificate was issued (补发, 变更), with this number: it is the one in force',
  }),
  objections: z.array(publicObjectionSchema).exactOptional().meta({
    description: 'Which third parties filed and did not withdraw, as the operator states; absent when there are none',
  }),
  erasedAt: instant.nullable().meta({
    description:
      'When its owner had the content erased: the certificate is as valid as before, and discloses nothing more',
  }),
};

export const lookupAnswerSchema = z.object(answerFields).meta({ id: 'LookupAnswer' });

export const unlockedAnswerSchema = z
  .object({
    ...answerFields,
    bundle: z.string().meta({ description: 'The exact text of the proof bundle, with its sections' }),
    statusSource: z
      .enum(['ledger', 'stored'])
      .meta({ description: '`stored`: the ledger did not answer, and the status is as of the issue' }),
    certificate: z.object({ documentNumber: z.string(), issuedAt: instant }),
    rightsHistory: z
      .array(publicStepSchema)
      .meta({ description: 'Of the work: certificates, revocations, and changes of rights as its owner states them' }),
  })
  .meta({ id: 'UnlockedLookupAnswer' });

export const matchesSchema = z
  .object({ matches: z.array(z.object({ number: z.string(), receivedAt: instant })) })
  .meta({ id: 'LookupMatches' });

export type LookupAnswer = z.output<typeof lookupAnswerSchema>;
export type LookupMatches = z.output<typeof matchesSchema>;
