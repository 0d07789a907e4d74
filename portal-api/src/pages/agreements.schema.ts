// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { AGREEMENTS } from './pages.ts';

const version = z.int().min(1).max(1_000_000);

export const agreementSchema = z
  .object({
    slug: z.enum(AGREEMENTS),
    accepted: z.object({ version: z.int(), at: z.iso.datetime() }).meta({ description: 'The last one agreed to' }),
    current: z
      .object({ version: z.int(), savedAt: z.iso.datetime() })
      .meta({ description: 'When it is newer than the accepted one, the pages ask; the API refuses nothing for it' }),
  })
  .meta({ id: 'Agreement' });

export const acceptanceSchema = z
  .strictObject({
    agreements: z
      .array(z.strictObject({ slug: z.enum(AGREEMENTS), version }))
      .min(1)
      .max(AGREEMENTS.length)
      .meta({ description: 'The versions that the member saw' }),
  })
  .meta({ id: 'Acceptance' });

export type Agreement = z.output<typeof agreementSchema>;
export type Acceptance = z.output<typeof acceptanceSchema>;
