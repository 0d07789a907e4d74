// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { pageQuery } from '../http/cursor.ts';
import { feedOperations } from '../http/feeds.ts';
import { operation } from '../http/operation.ts';
import { line, WORK_TYPES } from '../works/index.ts';

const MAX_SEARCH = 100;

const noticeSchema = z
  .object({
    registrationNumber: z.string(),
    title: z.string(),
    workType: z.enum(WORK_TYPES),
    owners: z.array(z.string()).meta({ description: 'Persons masked, organisations in full' }),
    registeredOn: z.iso.date().meta({ description: 'The day of the approval in Beijing' }),
    certificateNumber: z.string().meta({ description: 'For the look-up, which proves the rest' }),
    isRevoked: z.boolean(),
  })
  .meta({ id: 'RegistrationNotice' });

export type Notice = z.output<typeof noticeSchema>;

export const noticeQuerySchema = z.strictObject({
  q: line(MAX_SEARCH).optional().meta({ description: 'In the title, or the whole registration number' }),
  workType: z.enum(WORK_TYPES).optional(),
  ...pageQuery,
});

/** For anybody: no session stands behind these. */
export const registrationNoticeApi = {
  list: operation({
    method: 'get',
    path: '/registration-notices',
    summary: '登记公告: registered works, the newest first, those that were revoked marked as such',
    access: 'anyone',
    limit: 'search',
    query: noticeQuerySchema,
    answer: z.object({ items: z.array(noticeSchema), next: z.string().nullable() }),
  }),
  ...feedOperations('/registration-notices', 'The newest notices'),
};
