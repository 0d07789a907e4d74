// SPDX-License-Identifier: Apache-2.0
// `npm start` with a stand-in for the services, so that the supervisor is tested apart from what it supervises.
import path from 'node:path';
import { runJob } from '../../scripts/processes/failure.ts';
import { partsOf, servicePart } from '../../scripts/supervisor/parts.ts';
import { run } from '../../scripts/supervisor/run.ts';
import { readSettings } from '../../scripts/supervisor/settings.ts';

await runJob(async () => {
  const root = path.resolve(import.meta.dirname, '..', '..');
  const settings = readSettings(process.env, root);
  const script = path.join(import.meta.dirname, 'stub-service.ts');
  const stub = servicePart(settings, { name: 'stub', script, portVariable: 'LEDGER_PORT', port: settings.ledgerPort });
  const embedded = partsOf(settings, root).filter(({ name }) => name === 'PostgreSQL' || name === 'chain');
  await run(settings, [...embedded, stub]);
  return 0;
});
