// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { cleanLine } from '../http/text.ts';

const MAX_TEXTS = 30;
/** More than any printed field may have. */
const MAX_LENGTH = 400;

const bodySchema = z.strictObject({ texts: z.array(z.string().max(MAX_LENGTH).transform(cleanLine)).max(MAX_TEXTS) });
const answerSchema = z.object({
  unprintable: z.array(z.string()).meta({ description: 'For each text its unprintable characters, or an empty text' }),
});

export const printCheckApi = {
  check: operation({
    method: 'post',
    path: '/print-checks',
    summary: 'The characters of texts that a certificate cannot print',
    access: 'member',
    body: bodySchema,
    answer: answerSchema,
  }),
};
