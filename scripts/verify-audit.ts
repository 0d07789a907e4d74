// SPDX-License-Identifier: Apache-2.0
// `npm run verify-audit [-- --json] [--proof <file>]`: reads the whole audit log again and says whether a row is missing or
// changed since it was written. Exit code 0: whole; 1: broken. With --proof the newest proof of a head is saved, for
// `inkseal-verify`.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { knownHeads, newestProof, verifyAuditChain } from '../portal-api/src/audit/index.ts';
import { openDatabase } from '../portal-api/src/db/database.ts';
import { embeddedDatabaseUrl } from './embedded/postgres.ts';
import { Failure, runJob } from './processes/failure.ts';
import { readSettings } from './supervisor/settings.ts';

await runJob(async () => {
  const options = { json: { type: 'boolean' }, proof: { type: 'string' }, help: { type: 'boolean' } } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log('usage: npm run verify-audit [-- --json] [--proof <file>]; PORTAL_DATABASE_URL names another database');
    return 0;
  }
  const { dataFolder, portalDatabaseUrl, postgresPort } = readSettings(
    process.env,
    path.resolve(import.meta.dirname, '..'),
  );
  const url = portalDatabaseUrl ?? embeddedDatabaseUrl({ folder: dataFolder, port: postgresPort }, 'portal');
  const db = openDatabase(url, { maxConnections: 2 });
  try {
    const heads = await knownHeads(db.prisma);
    const report = await verifyAuditChain(db, heads);
    const proven = await newestProof(db.prisma);
    if (values.proof !== undefined) {
      if (!proven) throw new Failure('no head of the audit log has a proof yet');
      writeFileSync(values.proof, proven.proof);
    }
    const { day = null, number = null, seq = null } = proven ?? {};
    const facts = { ...report, knownHeads: heads.length, proven: proven && { day, number, seq } };
    console.log(values.json ? JSON.stringify(facts) : sentencesOf(facts).join('\n'));
    return report.brokenAt === undefined ? 0 : 1;
  } finally {
    await db.close();
  }
});

interface Facts {
  rows: number;
  head: string;
  brokenAt?: string;
  knownHeads: number;
  proven: { day: string | null; number: string | null; seq: string | null } | undefined;
}

function sentencesOf({ rows, head, brokenAt, knownHeads: heads, proven }: Facts): string[] {
  const anchored = proven
    ? `newest head on record in the ledger: row ${proven.seq}, of ${proven.day}, number ${proven.number}`
    : 'no head is on record in the ledger yet';
  if (brokenAt === undefined) return [`whole: ${rows} rows, ${heads} known heads`, `head ${head}`, anchored];
  return [
    `BROKEN at row ${brokenAt}: missing, changed or out of place; the ${rows} rows before it are whole`,
    anchored,
  ];
}
