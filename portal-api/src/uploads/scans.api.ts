// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';

/** Without the name: the words are its owner's. */
export const keptUpload = z
  .object({
    id: z.string(),
    accountId: z.string(),
    state: z.enum(['SCANNING', 'QUARANTINED']),
    since: z.iso.datetime(),
    size: z.string().meta({ description: 'Bytes, decimal' }),
    mediaType: z.string().nullable(),
    finding: z.string().nullable().meta({ description: 'As the scanner names it' }),
    engine: z.string().nullable().meta({ description: 'Scanner and signatures that found it' }),
  })
  .meta({ id: 'KeptUpload' });

export const scansApi = {
  list: operation({
    method: 'get',
    path: '/staff/malware-scans',
    summary: 'Uploads in which malware was found, and those that wait for the scanner, oldest first',
    access: { staff: ['admin', 'auditor'] },
    answer: z.object({ items: z.array(keptUpload), quarantined: z.int(), scanning: z.int() }),
  }),
  scanAgain: operation({
    method: 'post',
    path: '/staff/malware-scans/{id}/again',
    summary: 'Scan a quarantined upload again, such as after a false alarm was taken out of the signatures',
    access: { staff: ['admin'] },
    params: z.object({ id: recordId }),
    errors: ['upload-not-found', 'state-conflict'],
  }),
};
