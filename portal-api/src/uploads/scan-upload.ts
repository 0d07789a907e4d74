// SPDX-License-Identifier: Apache-2.0
// Looks through an upload that has arrived. Until the scanner has said that nothing was found, nothing may use it; a scanner
// that does not answer leaves it waiting, and the outbox asks again. May run twice: the first verdict counts.
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { tryTransition } from '../db/transition.ts';
import type { ScanVerdict } from '../generated/prisma/client.ts';
import type { ScanResult } from '../malware/index.ts';
import { readOriginal } from './read-original.ts';
import { type Upload, type UploadsContext, uploadMachine } from './upload.ts';
import { findUpload } from './uploads.store.ts';

export async function scanUpload(context: UploadsContext, uploadId: string): Promise<void> {
  const upload = await findUpload(context.db, uploadId);
  if (upload?.state !== 'SCANNING') return;
  const result = await scan(context, upload);
  const verdict = verdictOf(result);
  const isNew = await context.db.transaction(async (tx) => {
    await lockRow(tx, 'upload', upload.id);
    const event = verdict === 'FOUND' ? 'quarantine' : 'clear';
    const detail = { verdict, ...result };
    if (!(await tryTransition(tx, uploadMachine, { id: upload.id, event, actor: 'system', detail }))) return false;
    await tx.prisma.uploadScan.create({ data: { id: newId(), uploadId: upload.id, verdict, ...result } });
    if (result?.finding) {
      const round = await tx.prisma.uploadScan.count({ where: { uploadId: upload.id } });
      await context.tellFound?.(tx, { ...upload, finding: result.finding, round });
    }
    return true;
  });
  if (isNew) context.countScan?.(verdict);
}

/** Undefined when nothing looks at it: it is too large, or scanning was switched off while it waited. */
async function scan({ store, vault, malware }: UploadsContext, upload: Upload): Promise<ScanResult | undefined> {
  if (!malware || (malware.takesLarger && upload.size > malware.scanner.maxBytes)) return undefined;
  return malware.scanner.scan(readOriginal({ store, vault }, { ...upload, state: 'COMPLETE' }));
}

function verdictOf(result: ScanResult | undefined): ScanVerdict {
  if (!result) return 'NOT_SCANNED';
  return result.finding === null ? 'CLEAN' : 'FOUND';
}
