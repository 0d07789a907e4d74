// SPDX-License-Identifier: Apache-2.0
// `npm run audit`: the audit that anybody can make with `inkseal-audit`, over everything that the operator holds: the ledger's
// rows and proofs, receipts, certificates, packages, manifests, originals and the audit log (docs/audit.md). It only reads.
// Exit code 0: no fault found; 1: faults found; 2: nothing could be decided.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { auditSentence, performAudit, publishAudit } from '../verifier/cli/audit/perform-audit.ts';
import { openRecords } from './audit/open-records.ts';
import { ledgerTrust, nodeOf, placeName, placesOf } from './audit/places.ts';
import { Failure, runJob } from './processes/failure.ts';
import { readSettings } from './supervisor/settings.ts';

const USAGE = `usage: npm run audit [-- --sample <n> [--seed <text>]] [--state <file>] [--report <file>] [--page <file>]
                     [--trust <file>] [--rpc <url>] [--lang <en|zh>] [--json] [--quiet]
Reads the databases, the content store and the keys of the settings that npm start uses. Without --trust the trust file is the
ledger's own; without --rpc the node is the ledger's. docs/audit.md lists what may be found.`;

const OPTIONS = {
  sample: { type: 'string' },
  seed: { type: 'string' },
  state: { type: 'string' },
  report: { type: 'string' },
  page: { type: 'string' },
  trust: { type: 'string' },
  rpc: { type: 'string' },
  lang: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const UNDECIDED = 2;

await runJob(async () => {
  try {
    const { values } = parseArgs({ options: OPTIONS });
    if (!values.help) return await audit(values);
    console.log(USAGE);
    return 0;
  } catch (error) {
    // Exit code 1 means that faults were found.
    const sentence = auditSentence(error, 'zh') ?? (error instanceof Failure ? error.message : undefined);
    console.error(sentence === undefined ? error : `inkseal: ${sentence}`);
    return UNDECIDED;
  }
});

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

async function audit(values: Values): Promise<number> {
  const settings = readSettings(process.env, path.resolve(import.meta.dirname, '..'));
  const language = values.lang === 'en' ? 'en' : 'zh';
  const { state, report, page } = values;
  const places = placesOf(settings);
  const rpc = values.rpc ?? nodeOf(settings);
  const records = await openRecords(places, rpc);
  try {
    const found = await performAudit({
      trust: values.trust === undefined ? await ledgerTrust(settings) : readFileSync(values.trust),
      rpc,
      ...sampleOf(values),
      ...(state && { state }),
      isQuiet: values.quiet === true,
      language,
      program: 'npm run audit',
      stages: records.stages,
      about: [places.ledgerUrl, places.portalUrl, placeName(places)],
    });
    const files = { ...(report && { report }), ...(page && { page }) };
    await publishAudit(found, { ...files, isJson: values.json === true, language });
    return found.exitCode;
  } finally {
    await records.close();
  }
}

function sampleOf({ sample, seed = '' }: { sample?: string; seed?: string }) {
  if (sample === undefined) return {};
  if (!/^[1-9][0-9]{0,5}$/.test(sample)) throw new Failure(`--sample ${sample} is not a number of 1 to 999999`);
  return { sample: { size: Number(sample), seed } };
}
