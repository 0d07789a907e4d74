// Check 13: outside parties that countersigned the batch's root. Version 1 carries their tokens and judges none.
import type { Bundle } from '../bundle/bundle.ts';
import { NotRun } from '../checks/run.ts';
import type { Finding } from '../report.ts';

export function checkWitnesses({ witnesses }: Bundle): Finding {
  if (!witnesses) throw new NotRun('no-witnesses', 'the bundle has no witness');
  throw new NotRun('witness-unsupported', `${witnesses.length} RFC 3161 tokens are carried and not judged`);
}
