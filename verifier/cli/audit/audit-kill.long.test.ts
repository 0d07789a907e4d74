// An audit of thousands of files that is killed and goes on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import type { AuditReport } from '../../src/audit/index.ts';
import { encodeBundle } from '../../src/index.ts';
import { putFile, run } from '../../vectors/support/command.ts';
import { FIRST, makeRegistryChain } from '../../vectors/support/registry-chain.ts';
import { type RegistryServer, serveRegistry } from '../../vectors/support/registry-server.ts';

const MAIN = fileURLToPath(new URL('audit-main.ts', import.meta.url));
const FILES = 6_000;
const EVERY_BROKEN = 1_000;

describe('inkseal-audit over thousands of files', () => {
  let server: RegistryServer;
  after(() => server.stop());

  it('when it is killed in the middle and run again › gives the report of one that was not', async () => {
    const folder = temporaryFolder();
    const chain = makeRegistryChain({ counts: Array(FILES / 500).fill(500) });
    server = await serveRegistry(chain.node);
    const held = join(folder, 'held');
    mkdirSync(held);
    for (let index = 0; index < FILES; index += 1) {
      const bytes = encodeBundle(chain.bundle(FIRST + BigInt(index)));
      putFile(join(held, `${index}.proof.json`), index % EVERY_BROKEN === 0 ? bytes.subarray(1) : bytes);
    }
    const trust = putFile(join(folder, 'trust.json'), JSON.stringify(chain.trust));
    const args = [held, '--trust', trust, '--rpc', server.url, '--json', '--quiet'];
    const state = join(folder, 'state');
    const killed = spawn(process.execPath, [MAIN, ...args, '--state', state], { stdio: 'ignore' });
    const ended = once(killed, 'exit');
    await eventually(() => existsSync(state), { withinMs: 60_000 });
    killed.kill('SIGKILL');
    expect((await ended)[1]).to.equal('SIGKILL');
    const saved = JSON.parse(readFileSync(state, 'utf8'));

    const resumed = await run([...args, '--state', state], {}, MAIN);
    const whole = await run(args, {}, MAIN);
    expect([resumed.code, whole.code], resumed.err).to.deep.equal([1, 1]);
    const [one, other] = [resumed, whole].map(({ out }): AuditReport => JSON.parse(out));
    expect(one?.run.startedAt).to.equal(saved.startedAt);
    expect({ ...one, run: null }).to.deep.equal({ ...other, run: null });
    expect(other?.counts).to.deep.equal({ 'item-unreadable': FILES / EVERY_BROKEN });
    expect(existsSync(state)).to.equal(false);
  });
}).timeout(180_000);
