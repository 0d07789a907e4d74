// SPDX-License-Identifier: Apache-2.0
// The restore drill: a machine is lost at a random moment while people put works on record. What was final comes back from the
// backup and the archived log in a new place, the audit finds nothing, and the system goes on. `SEED=…` chooses the moment.

import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { embeddedDatabaseUrl, execute } from '../../scripts/embedded/postgres.ts';
import { type OwnSystem, startOwnSystem } from '../../scripts/processes/own-system.ts';
import { eventually } from '../support/eventually.ts';
import { type Certified, loseMachine, workerAt } from '../support/lost-machine.ts';
import { runNode } from '../support/processes.ts';
import { temporaryFolder, untilExit } from '../support/temporary.ts';

const SCRIPTS = path.resolve(import.meta.dirname, '..', '..', 'scripts');
const SEED = Number(process.env.SEED ?? randomBytes(4).readUInt32BE());
const PEOPLE = 3;
/** The machine is lost after so many more steps of somebody's. */
const LOST_WITHIN_STEPS = 25;

describe('restore drill', function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const at = (name: string) => path.join(folder, name);
  const backups = { BACKUP_FOLDER: at('backups'), BACKUP_WAL_SECONDS: '1' };
  const env = { ...backups, RATE_LIMIT_SCALE: '1000' };
  let running: OwnSystem;

  after(() => running?.system.stop());

  it(`when the machine is lost (SEED=${SEED}) › brings back all that was final, and goes on`, async () => {
    running = await startOn('before');
    const seen: Certified[] = [];
    let isLost = false;
    let steps = 0;
    const onStep = () => {
      steps += 1;
    };
    const work = await workerAt(running, at('before'), { isLost: () => isLost, onStep });
    seen.push(await work());
    const made = await runScript('backup.ts', ['--make-key', at('recovery.key')], {});
    const recipient = /BACKUP_RECIPIENT=(\S+)/.exec(made)?.[1] ?? '';
    const people = Promise.allSettled(
      Array.from({ length: PEOPLE }, async () => {
        while (!isLost) seen.push(await work());
      }),
    );
    await runScript('backup.ts', ['--recipient', recipient], portsOf(running, 'before'));
    const lostAt = steps + (SEED % LOST_WITHIN_STEPS);
    await eventually(() => steps > lostAt, { everyMs: 5 });
    isLost = true;
    await loseMachine(at('before'), running.system.pid);
    await people;
    rmSync(at('before'), { recursive: true });

    const startedAt = Date.now();
    await runScript('restore.ts', ['--key', at('recovery.key'), '--to', at('after')], backups);
    running = await startOn('after');
    console.log(
      `      ${seen.length} certificates were seen; running again after ${(Date.now() - startedAt) / 1_000} s`,
    );

    const ready = await (await fetch(`${running.ledgerUrl}/readyz`)).text();
    expect(JSON.parse(ready).parts.ledger).to.deep.equal({ ok: true });
    const url = embeddedDatabaseUrl({ folder: at('after'), port: Number(running.ports.PG_PORT) }, 'portal');
    await eventually(async () => {
      const rows = await execute(
        url,
        'SELECT number::text, order_number::text FROM certificate JOIN attestation ON attestation.id = attestation_id',
      );
      const found = new Map(rows.map((row) => [row.order_number, row.number]));
      return seen.every(({ orderNumber, number }) => found.get(orderNumber) === number);
    });
    const next = await (await workerAt(running, at('after'), { isLost: () => false, onStep: () => {} }))();
    expect(seen.every(({ number }) => BigInt(number) < BigInt(next.number))).to.equal(true);
    const audit = runNode(path.join(SCRIPTS, 'audit.ts'), ['--quiet', '--json'], { env: portsOf(running, 'after') });
    expect(await audit.exited, audit.output()).to.equal(0);
    expect(JSON.parse(audit.output()).listed).to.deep.equal([]);
  });

  const startOn = async (name: string): Promise<OwnSystem> => {
    const started = await startOwnSystem(temporaryFolder(), at(name), env);
    untilExit(started.system);
    return started;
  };

  const portsOf = ({ ports }: OwnSystem, name: string) => ({ ...env, ...ports, INKSEAL_DATA: at(name) });

  async function runScript(script: string, args: string[], settings: NodeJS.ProcessEnv): Promise<string> {
    const program = runNode(path.join(SCRIPTS, script), args, { env: settings });
    expect(await program.exited, program.output()).to.equal(0);
    return program.output();
  }
});
