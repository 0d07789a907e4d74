// SPDX-License-Identifier: Apache-2.0
// Every original in the content store: it is there, opens, and has the digest that was put on record.
import type { StoredKind } from '../../portal-api/src/storage/stored-kind.ts';
import type { AuditContext } from '../../verifier/src/audit/index.ts';
import { damageOf } from './damage.ts';
import type { AuditedRecords } from './record-stage.ts';

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export function originalRecords(stored: StoredKind): AuditedRecords {
  return {
    name: 'originals',
    together: 16,
    keys: (_, after, take) => stored.list(after ?? FIRST_ID, take),
    async judge(context, { chosen }) {
      for (const id of chosen) await auditOriginal(context, stored, id);
    },
  };
}

async function auditOriginal({ count, findings }: AuditContext, stored: StoredKind, id: string): Promise<void> {
  count('originals');
  const found = await readThrough(stored, id).catch(damageOf);
  const code = found === 'digest' ? 'original-changed' : 'original-missing';
  if (found !== undefined) findings.add({ code, subject: `original ${id}`, found });
}

async function readThrough(stored: StoredKind, id: string): Promise<undefined> {
  // The last of it comes only where its digest is right.
  for await (const _ of (await stored.read(id)) ?? []);
}
