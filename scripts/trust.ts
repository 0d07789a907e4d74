// SPDX-License-Identifier: Apache-2.0
// `npm run trust [-- --json]`: the trust file of the running ledger's network and its SHA-256, for an auditor to
// compare with what the validators publish. With --json only the file's bytes are printed, to be saved.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, runJob } from './processes/failure.ts';
import { readSettings } from './supervisor/settings.ts';

await runJob(async () => {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log('usage: npm run trust [-- --json]; LEDGER_URL or LEDGER_PORT names the ledger');
    return 0;
  }
  const bytes = await fetchTrustFile();
  if (values.json) {
    process.stdout.write(bytes);
    return 0;
  }
  console.log(JSON.stringify(JSON.parse(bytes.toString('utf8')), null, 2));
  console.log(`sha256 ${createHash('sha256').update(bytes).digest('hex')}`);
  return 0;
});

/** The bytes as served: the digest is over these, not over how they are shown. */
async function fetchTrustFile(): Promise<Buffer> {
  const { ledgerPort } = readSettings(process.env, path.resolve(import.meta.dirname, '..'));
  const ledger = process.env.LEDGER_URL || `http://127.0.0.1:${ledgerPort}`;
  const response = await fetch(`${ledger}/v1/trust`, { signal: AbortSignal.timeout(30_000) }).catch(() => {
    throw new Failure(`no ledger answers at ${ledger}: run "npm start" first, or set LEDGER_PORT or LEDGER_URL`);
  });
  if (!response.ok) throw new Failure(`the ledger at ${ledger} answered ${response.status}: ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}
