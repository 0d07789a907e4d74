// SPDX-License-Identifier: Apache-2.0
// Going on after a known loss: a system is restored as it was some works ago, while its chain went on. The numbers since are burned,
// the next works follow, the audit finds nothing, and whoever has a proof of a lost number still verifies it.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseTrustFile, verifyBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import { type OwnSystem, startOwnSystem } from '../../scripts/processes/own-system.ts';
import { eventually } from '../support/eventually.ts';
import { loseMachine, workerAt } from '../support/lost-machine.ts';
import { runNode } from '../support/processes.ts';
import { temporaryFolder, untilExit } from '../support/temporary.ts';

const SCRIPTS = path.resolve(import.meta.dirname, '..', '..', 'scripts');

describe('a known loss', function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const at = (name: string) => path.join(folder, name);
  // Nothing is kept before it is final, as on a server without an archive; here the log is what a restore ends early.
  const env = {
    BACKUP_FOLDER: at('backups'),
    BACKUP_WAL_SECONDS: '1',
    FINAL_AFTER: 'commit',
    RATE_LIMIT_SCALE: '1000',
  };
  let running: OwnSystem;

  after(() => running?.system.stop());

  it('when the chain went on after what was restored › burns the numbers once, and goes on behind them', async () => {
    running = await startOn('before');
    const work = await workerAt(running, at('before'), { isLost: () => false, onStep: () => {} });
    const kept = await work();
    const made = await script('backup.ts', ['--make-key', at('recovery.key')]);
    const recipient = /BACKUP_RECIPIENT=(\S+)/.exec(made.output)?.[1] ?? '';
    await script('backup.ts', ['--recipient', recipient], portsOf('before'));
    const until = new Date();
    const lost = [await work(), await work()];
    const proofs = await Promise.all(lost.map(({ number }) => bundleOf(number)));
    // So that the log goes on after the time, and the chain's newest copies are in the archive.
    await work();
    const doneAt = Date.now();
    await eventually(() => newestIn(at('backups/wal')) > doneAt);
    await loseMachine(at('before'), running.system.pid);

    await script('restore.ts', ['--key', at('recovery.key'), '--to', at('after'), '--until', until.toISOString()]);
    const place = portsOf('after');
    const asked = await script('accept-loss.ts', [], place, 1);
    const numbers = Number(/--numbers (\d+)/.exec(asked.output)?.[1]);
    expect(numbers).to.be.at.least(6);
    const wrong = await script('accept-loss.ts', ['--numbers', String(numbers + 1)], place, 1);
    expect(wrong.output).to.match(/nothing was changed/);
    const accepted = await script('accept-loss.ts', ['--numbers', String(numbers)], place);
    expect(accepted.output).to.include(`${numbers} numbers are burned`).and.include(`moved on by ${numbers}`);
    const again = await script('accept-loss.ts', ['--numbers', String(numbers)], place);
    expect(again.output).to.include('nothing is lost').and.include('moved on by 0');

    running = await startOn('after');
    expect((await jsonOf(await ledger('/readyz'))).parts.ledger).to.deep.equal({ ok: true });
    const next = await (await workerAt(running, at('after'), { isLost: () => false, onStep: () => {} }))();
    for (const { number } of [kept, ...lost]) expect(BigInt(number) < BigInt(next.number)).to.equal(true);
    expect((await lookUp(kept.number)).status).to.equal('final');
    const trust = parseTrustFile(new Uint8Array(await (await ledger('/v1/trust')).arrayBuffer()));
    for (const [place, { number }] of lost.entries()) {
      expect((await lookUp(number)).code).to.equal('number-burned');
      // The chain of one machine has no validators: consistent is all that offline can be.
      expect((await verifyBundle(proofs[place] ?? new Uint8Array(), { trust })).verdict).to.equal('consistent');
    }
    const audit = await script('audit.ts', ['--quiet', '--json'], portsOf('after'));
    const { listed, tally } = JSON.parse(audit.output);
    expect([listed, tally['burned-numbers']]).to.deep.equal([[], numbers]);
  });

  async function startOn(name: string): Promise<OwnSystem> {
    const started = await startOwnSystem(temporaryFolder(), at(name), env);
    untilExit(started.system);
    return started;
  }

  const portsOf = (name: string) => ({ ...env, ...running.ports, INKSEAL_DATA: at(name) });
  const ledger = (route: string) => fetch(running.ledgerUrl + route);
  const portal = (route: string) => fetch(`${running.portalUrl}/api/v1${route}`);
  const jsonOf = async (answer: Response) => JSON.parse(await answer.text());
  const lookUp = async (number: string) => jsonOf(await portal(`/lookup/${number}`));

  async function bundleOf(number: string): Promise<Uint8Array> {
    return new Uint8Array(await (await portal(`/lookup/${number}/bundle`)).arrayBuffer());
  }

  async function script(name: string, args: string[], settings: NodeJS.ProcessEnv = env, code = 0) {
    const program = runNode(path.join(SCRIPTS, name), args, { env: settings });
    expect(await program.exited, program.output()).to.equal(code);
    return { output: program.output() };
  }
});

/** When the newest file below a folder was written, milliseconds since 1970. */
function newestIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((name) => statSync(path.join(folder, name)).mtimeMs));
}
