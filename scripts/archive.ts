// SPDX-License-Identifier: Apache-2.0
// `npm run archive -- --out <folder>`: everything that the public may have, as a folder of files that needs nothing of ours:
// proofs, revocations, trust files, the verifier and the documents (docs/archive.md). It only reads.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { auditSentence } from '../verifier/cli/audit/perform-audit.ts';
import { makeArchive } from './archive/make-archive.ts';
import { ledgerTrust, nodeOf, placesOf } from './audit/places.ts';
import { Failure, runJob } from './processes/failure.ts';
import { readSettings } from './supervisor/settings.ts';

const USAGE = `usage: npm run archive -- --out <new folder> [--published <folder>]… [--trust <file>] [--rpc <url>] [--block <number>] [--quiet]
Reads the databases of the settings that npm start uses, and a node. Without --trust the trust file is the ledger's own; without
--rpc the node is the ledger's. Each --published names a folder that an organisation made with npm run trust -- --sign.
docs/archive.md says what an archive holds.`;

const ROOT = path.resolve(import.meta.dirname, '..');
const OPTIONS = {
  out: { type: 'string' },
  published: { type: 'string', multiple: true },
  trust: { type: 'string' },
  rpc: { type: 'string' },
  block: { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

await runJob(async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  try {
    return await archive(values);
  } catch (error) {
    const sentence = auditSentence(error, 'en');
    throw sentence === undefined ? error : new Failure(sentence);
  }
});

async function archive({ out, published = [], trust, rpc, block, quiet }: Values): Promise<number> {
  if (!out) throw new Failure(`--out is missing\n${USAGE}`);
  if (block !== undefined && !/^[0-9]{1,18}$/.test(block)) throw new Failure(`--block ${block} is not a block number`);
  const settings = readSettings(process.env, ROOT);
  const { ledgerUrl, portalUrl } = placesOf(settings);
  const made = await makeArchive({
    root: ROOT,
    ledgerUrl,
    portalUrl,
    trust: trust === undefined ? await ledgerTrust(settings) : readFileSync(trust),
    published,
    rpc: rpc ?? nodeOf(settings),
    ...(block !== undefined && { block: BigInt(block) }),
    out,
    onPage: (numbers) => quiet || console.error(`${numbers} numbers`),
  });
  console.log(`${path.resolve(out)}: ${made.count} numbers, ${made.revoked} revoked, as of block ${made.block}`);
  return 0;
}
