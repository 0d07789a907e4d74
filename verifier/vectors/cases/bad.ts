// Bundles and absence proofs that fail, one condition at a time: an honest world with one thing wrong in it.
import type { Case } from '../support/case.ts';
import { headers, state, times } from './bad-blocks.ts';
import { content, inclusion, registry } from './bad-content.ts';
import { absences, nodes, status } from './bad-status.ts';

export async function badCases(): Promise<Case[]> {
  return [
    ...(await content()),
    ...(await registry()),
    ...(await inclusion()),
    ...(await state()),
    ...(await headers()),
    ...(await times()),
    ...(await status()),
    ...(await nodes()),
    ...(await absences()),
  ];
}
