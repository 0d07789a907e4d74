// SPDX-License-Identifier: Apache-2.0
// For forms: which characters of what is being typed a certificate could not print.
import { z } from 'zod';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { cleanLine } from '../http/text.ts';
import type { Fonts } from './fonts.ts';

const MAX_TEXTS = 30;
/** More than any printed field may have. */
const MAX_LENGTH = 400;

const bodySchema = z.strictObject({ texts: z.array(z.string().max(MAX_LENGTH).transform(cleanLine)).max(MAX_TEXTS) });
const answerSchema = z.object({
  unprintable: z.array(z.string()).meta({ description: 'For each text its unprintable characters, or an empty text' }),
});

export function printCheckEndpoints(fonts: Pick<Fonts, 'unprintable'>): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/print-checks',
      summary: 'The characters of texts that a certificate cannot print',
      access: 'member',
      body: bodySchema,
      answer: answerSchema,
      run: ({ body }) => Promise.resolve({ unprintable: body.texts.map((text) => fonts.unprintable(text).join('')) }),
    }),
  ];
}
