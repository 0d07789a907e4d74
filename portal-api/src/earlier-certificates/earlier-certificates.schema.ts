// SPDX-License-Identifier: Apache-2.0
// 历史证书 as strangers and their owners see them. Neither is told more than this: that a centre imported it, and from where.
import { z } from 'zod';
import { WORK_TYPES } from '../works/index.ts';

const shared = {
  number: z.string().meta({ description: 'As the other system wrote it' }),
  source: z.string().meta({ description: 'Who issued it, and can verify it' }),
  issuedOn: z.iso.date().meta({ description: 'As that system says' }),
  importedOn: z.iso.date().meta({ description: 'In Beijing' }),
};

export const publicEarlierSchema = z.object(shared).meta({
  id: 'EarlierCertificate',
  description: 'What an operator imported of a certificate that another system issued. Nothing of it is proven here',
});

export const ownEarlierSchema = z
  .object({
    ...shared,
    id: z.uuid(),
    title: z.string(),
    workType: z.enum(WORK_TYPES).nullable(),
    names: z.array(z.string()).meta({ description: 'Of its owners, masked' }),
    fileSha256: z.string().nullable().meta({ description: 'Of the original, as the other system says' }),
    hasPdf: z.boolean(),
  })
  .meta({ id: 'OwnEarlierCertificate' });

export type PublicEarlier = z.output<typeof publicEarlierSchema>;
export type OwnEarlier = z.output<typeof ownEarlierSchema>;
