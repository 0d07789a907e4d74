// SPDX-License-Identifier: Apache-2.0
// `npm run trust [-- --json]`: the trust file of the running ledger's network and its SHA-256, for an auditor to
// compare with what the validators publish. With --json only the file's bytes are printed, to be saved. With --sign an
// organisation that runs a validator publishes it under its own name, once its own node agrees.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseTrustFile, TrustFileError } from '../verifier/src/index.ts';
import { Failure, runJob } from './processes/failure.ts';
import { readSettings } from './supervisor/settings.ts';
import { askNode, differencesFromNode } from './trust/compare-with-node.ts';
import { publishTrustFile } from './trust/sign.ts';

const USAGE = `usage: npm run trust [-- --json]
       npm run trust -- --sign <Ed25519 key.pem> --name <organisation> --node <http address of your own node> --out <new folder>
LEDGER_URL or LEDGER_PORT names the ledger`;

await runJob(async () => {
  const options = {
    json: { type: 'boolean' },
    sign: { type: 'string' },
    name: { type: 'string' },
    node: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const bytes = await fetchTrustFile();
  if (values.json) {
    process.stdout.write(bytes);
    return 0;
  }
  if (values.sign !== undefined) {
    const { sign: keyFile, name, node, out } = values;
    if (!name || !node || !out) throw new Failure(`--sign also needs --name, --node and --out\n${USAGE}`);
    return await signForOrganisation(bytes, { keyFile, name, node, folder: out });
  }
  console.log(JSON.stringify(JSON.parse(bytes.toString('utf8')), null, 2));
  console.log(`sha256 ${digestOf(bytes)}`);
  return 0;
});

interface Signing {
  keyFile: string;
  name: string;
  node: string;
  folder: string;
}

/** Exit code 1, and nothing written, when the organisation's own node says something else than the ledger. */
async function signForOrganisation(bytes: Buffer, { keyFile, name, node, folder }: Signing): Promise<number> {
  const trust = parseTrustFile(bytes);
  const differences = await askNode(node, (view) => differencesFromNode(trust, view));
  if (differences.length > 0) {
    console.error(['not signed: your node and the ledger differ', ...differences].join('\n  '));
    return 1;
  }
  const own = Buffer.from(`${JSON.stringify({ ...trust, name }, null, 2)}\n`);
  requireReadable(own);
  const { files, fingerprint } = publishTrustFile(own, { keyFile, folder });
  console.log(`your node agrees; written and signed:\n  ${files.join('\n  ')}`);
  console.log(`sha256 ${digestOf(own)}`);
  console.log(`key fingerprint, SHA-256 ${fingerprint}: publish it where your readers can compare it`);
  return 0;
}

/** The name is the one member that is not the ledger's. */
function requireReadable(bytes: Buffer): void {
  try {
    parseTrustFile(bytes);
  } catch (error) {
    if (error instanceof TrustFileError) throw new Failure(`--name cannot stand in a trust file: ${error.detail}`);
    throw error;
  }
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

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
