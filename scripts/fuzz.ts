// SPDX-License-Identifier: Apache-2.0
// `npm run fuzz [-- --seed N --examples N --only ledger]`: sends what schemathesis makes of both OpenAPI documents to a
// system of its own, logged in. Exit code 1 when an answer is a 5xx or is not in the documents.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { creator, reviewer } from './demo/person.ts';
import { furnish, type KnownValues } from './fuzz/furnish.ts';
import { type FuzzRun, fuzz, installSchemathesis } from './fuzz/schemathesis.ts';
import { Failure, runJob } from './processes/failure.ts';
import { type OwnSystem, startOwnSystem } from './processes/own-system.ts';

const SEED = 20_261_128;
const EXAMPLES = 30;
const WITHIN_SECONDS = 240;
/** Budgets are for addresses, and here all requests come from one. */
const SETTINGS = { RATE_LIMIT_SCALE: '1000000', RATE_LIMIT_REQUESTS: '10000000', RATE_LIMIT_FAILURES: '10000000' };

type Run = Pick<FuzzRun, 'name' | 'document' | 'headers' | 'only' | 'except'>;

await runJob(async () => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: `${SEED}` },
      examples: { type: 'string', default: `${EXAMPLES}` },
      only: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log('usage: npm run fuzz [-- --seed N] [--examples N] [--only ledger|member|staff|logout]');
    return 0;
  }
  const options = { seed: Number(values.seed), examples: Number(values.examples), withinSeconds: WITHIN_SECONDS };
  console.log(`seed ${options.seed}, ${options.examples} examples of each operation`);
  const program = installSchemathesis();
  const folder = mkdtempSync(path.join(tmpdir(), 'inkseal-fuzz-'));
  try {
    const dataFolder = path.join(folder, 'data');
    const own = await startOwnSystem(folder, dataFolder, SETTINGS);
    try {
      const { runs, known } = await prepare(own, { folder, dataFolder });
      let isClean = true;
      for (const run of chosen(runs, values.only))
        isClean = (await fuzz(program, { ...run, ...options, folder, known })) && isClean;
      return isClean ? 0 : 1;
    } finally {
      await own.system.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Logging out comes last: it ends the session that everything else needs. */
async function prepare(
  { portalUrl, ledgerUrl }: OwnSystem,
  { folder, dataFolder }: Record<'folder' | 'dataFolder', string>,
): Promise<{ runs: Run[]; known: KnownValues }> {
  const demo = { url: portalUrl, dataFolder, say: console.log };
  const people = { creator: await creator(demo), reviewer: await reviewer(demo) };
  const known = await furnish(people, folder);
  const [member, staff] = await Promise.all([
    people.creator.visitor.credentials(),
    people.reviewer.visitor.credentials(),
  ]);
  const key = readFileSync(path.join(dataFolder, 'keys', 'ledger-api-key'), 'utf8').trim();
  const document = `${portalUrl}/api/v1/openapi.json`;
  const runs = [
    {
      name: 'ledger',
      document: `${ledgerUrl}/v1/openapi.json`,
      headers: { Authorization: `Bearer ${key}` },
    },
    { name: 'member', document, headers: member, except: '^/(staff/|sessions/current)' },
    { name: 'staff', document, headers: staff, only: '^/staff/' },
    { name: 'logout', document, headers: member, only: '^/sessions/current' },
  ];
  return { runs, known };
}

function chosen(runs: Run[], only: string | undefined): Run[] {
  const found = runs.filter(({ name }) => only === undefined || name === only);
  if (found.length === 0) throw new Failure(`unknown run: ${only}`);
  return found;
}
