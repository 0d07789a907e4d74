// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { line } from '../works/index.ts';

const MAX_DAYS = 365;
const MAX_OPENINGS = 1_000;
const MAX_LABEL = 40;

export const SHARE_LINK_STATES = ['OPEN', 'ENDED', 'EXPIRED', 'USED_UP'] as const;

export const shareLinkFormSchema = z
  .strictObject({
    days: z.int().min(1).max(MAX_DAYS).meta({ description: 'How long it opens' }),
    maxOpenings: z
      .int()
      .min(1)
      .max(MAX_OPENINGS)
      .nullable()
      .default(null)
      .meta({ description: 'How often it opens; null: any number of times' }),
    label: line(MAX_LABEL).default('').meta({ description: 'To tell links apart; nobody else reads it' }),
  })
  .meta({ id: 'ShareLinkForm' });

export type ShareLinkForm = z.output<typeof shareLinkFormSchema>;

const instant = z.iso.datetime();

export const shareLinkSchema = z
  .object({
    id: z.uuid(),
    label: z.string(),
    state: z.enum(SHARE_LINK_STATES),
    createdAt: instant,
    expiresAt: instant,
    maxOpenings: z.int().nullable(),
    openings: z.int(),
    openedAt: z.array(instant).meta({ description: 'When it was opened, the newest first; at most 50 of them' }),
    endedAt: instant.nullable(),
  })
  .meta({ id: 'ShareLink' });

export type ShareLinkView = z.output<typeof shareLinkSchema>;

export const shareLinksSchema = z.object({ items: z.array(shareLinkSchema) }).meta({ id: 'ShareLinks' });

export const madeShareLinkSchema = z
  .object({
    link: shareLinkSchema,
    url: z.string().meta({ description: 'With the token in its fragment. Nobody is told it again' }),
  })
  .meta({ id: 'MadeShareLink' });
