// SPDX-License-Identifier: Apache-2.0
// `npm run faults [-- part of a name...]`: plants each fault of test/faults in a private copy of the project and runs the
// tests that have to notice it. A fault that survives is a hole in the tests.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Fault, faults, type TestCommand } from '../test/faults/index.ts';
import { temporaryFolder, untilExit } from '../test/support/temporary.ts';
import { type Postgres, startPostgres } from './embedded/postgres.ts';
import { copyProject } from './faults/copy.ts';
import { applies, whilePlanted } from './faults/plant.ts';
import { runTest, typed } from './faults/run-test.ts';
import { Failure, runJob } from './processes/failure.ts';
import { freePort } from './processes/ports.ts';

await runJob(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } });
  if (values.help) {
    console.log("usage: npm run faults [-- part of a fault's name or file]...");
    return 0;
  }
  const chosen = faults.filter(({ name, file }) => positionals.every((part) => `${name} ${file}`.includes(part)));
  if (chosen.length === 0) throw new Failure('no such fault');
  const copy = temporaryFolder('inkseal-faults-');
  await copyProject(path.resolve(import.meta.dirname, '..'), copy);
  const postgres = await startSharedPostgres();
  try {
    await requirePassing(copy, chosen);
    const results: Result[] = [];
    for (const fault of chosen) results.push(await tryFault(copy, fault));
    return report(results);
  } finally {
    await postgres.stop();
  }
});

/** One server for all runs, each of which makes databases of its own there. */
async function startSharedPostgres(): Promise<Postgres> {
  const folder = temporaryFolder();
  const passwordFile = path.join(folder, 'keys', 'postgres-password');
  const server = untilExit(await startPostgres({ folder, port: await freePort(), passwordFile, isDurable: false }));
  process.env.TEST_PG_URL = await server.database('postgres');
  return server;
}

interface Result {
  readonly fault: Fault;
  readonly verdict: 'caught' | 'SURVIVED' | 'BROKEN' | 'DOES NOT APPLY';
  readonly seconds: number;
}

/** Tests that fail without a fault would notice anything. */
async function requirePassing(copy: string, chosen: readonly Fault[]): Promise<void> {
  const commands = new Map<string, TestCommand>(chosen.map(({ test }) => [typed(test), test]));
  console.log(`${commands.size} test commands without a fault`);
  for (const [name, command] of commands) {
    const { outcome, output, seconds } = await runTest(copy, command);
    console.log(`  ${outcome.padEnd(8)} ${seconds.toFixed(1).padStart(5)} s  ${name}`);
    if (outcome !== 'passed') throw new Failure(`${name} does not pass without a fault:\n${output}`);
  }
}

async function tryFault(copy: string, fault: Fault): Promise<Result> {
  const verdict = applies(copy, fault) ? await whilePlanted(copy, fault, () => runTest(copy, fault.test)) : undefined;
  const result: Result = {
    fault,
    verdict: verdict
      ? ({ failed: 'caught', passed: 'SURVIVED', broken: 'BROKEN' } as const)[verdict.outcome]
      : 'DOES NOT APPLY',
    seconds: verdict?.seconds ?? 0,
  };
  console.log(`${result.verdict.padEnd(14)} ${result.seconds.toFixed(1).padStart(5)} s  ${fault.file}: ${fault.name}`);
  if (result.verdict !== 'caught') console.log(`    ${fault.harm}\n    ${typed(fault.test)}`);
  if (verdict?.outcome === 'broken') console.log(verdict.output.slice(-2_000));
  return result;
}

function report(results: readonly Result[]): number {
  console.log();
  const width = Math.max(...results.map(({ fault }) => fault.name.length));
  for (const { fault, verdict } of results)
    console.log(`${verdict.padEnd(14)}  ${fault.name.padEnd(width)}  ${typed(fault.test)}`);
  const caught = results.filter(({ verdict }) => verdict === 'caught').length;
  console.log(`\n${caught} of ${results.length} faults caught`);
  return caught === results.length ? 0 : 1;
}
