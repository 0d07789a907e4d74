// SPDX-License-Identifier: Apache-2.0
// The lines of the process log that the proof binds, by its section `process`.
import { createHash } from 'node:crypto';
import { PROCESS_SECTION } from '@inkseal/verifier';
import { z } from 'zod';
import { DomainError } from '../../errors.ts';
import { contentOf, read } from '../read-sections.ts';
import type { DossierFacts } from './dossier-facts.ts';

const processSchema = z.object({ lines: z.string().regex(/^\d{1,9}$/), sha256: z.string() });

/** How many; undefined for a proof that was made before proofs bound any. */
export function boundLines({ sections }: Pick<DossierFacts, 'sections'>): number | undefined {
  const content = contentOf(sections, PROCESS_SECTION);
  return content === undefined ? undefined : Number(read(processSchema, content).lines);
}

/** The audit log only grows: a log that does not begin as the proof says is a fault of ours, and no package is made of it. */
export function requireBoundLog({ sections, processLog }: Pick<DossierFacts, 'sections' | 'processLog'>): void {
  const content = contentOf(sections, PROCESS_SECTION);
  if (content === undefined) return;
  const { lines, sha256 } = read(processSchema, content);
  const bound = createHash('sha256')
    .update(processLog.slice(0, Number(lines)).join(''))
    .digest('hex');
  if (bound !== sha256) throw new DomainError('internal', { reason: 'process-log-differs' });
}
