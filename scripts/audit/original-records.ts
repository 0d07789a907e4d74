// SPDX-License-Identifier: Apache-2.0
// Every original in the content store: it is there, opens, and has the digest that was put on record.
import type { StoredKind } from '../../portal-api/src/storage/stored-kind.ts';
import { type AuditStage, chooseSample } from '../../verifier/src/audit/index.ts';
import { damageOf } from './damage.ts';
import { pagesOf } from './pages.ts';

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export function originalStage(stored: StoredKind): AuditStage {
  const ids = (after: string | undefined) => pagesOf(after, (last, take) => stored.list(last ?? FIRST_ID, take));
  return {
    name: 'originals',
    async *run({ count, findings, sample }, after) {
      const isChosen = await chooseSample(ids(undefined), sample);
      for await (const id of ids(after)) {
        if (isChosen(id)) {
          count('originals');
          const found = await readThrough(stored, id).catch(damageOf);
          const code = found === 'digest' ? 'original-changed' : 'original-missing';
          if (found !== undefined) findings.add({ code, subject: `original ${id}`, found });
        }
        yield id;
      }
    },
  };
}

async function readThrough(stored: StoredKind, id: string): Promise<undefined> {
  // The last of it comes only where its digest is right.
  for await (const _ of (await stored.read(id)) ?? []);
}
