// SPDX-License-Identifier: Apache-2.0
// What `npm start` and `npm run demo` do for somebody who has just cloned this.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { freePort } from '../../scripts/processes/ports.ts';
import { photo } from '../support/portal.ts';
import { type Program, runNode } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary.ts';

const SCRIPTS = path.resolve(import.meta.dirname, '..', '..', 'scripts');

describe('npm run demo', function () {
  this.timeout(180_000);
  let up: Program;
  let env: Record<string, string>;
  const folder = temporaryFolder();
  before(async () => {
    const [PORT, LEDGER_PORT, CHAIN_PORT, PG_PORT] = await Promise.all([
      freePort(),
      freePort(),
      freePort(),
      freePort(),
    ]);
    const ports = { PORT, LEDGER_PORT, CHAIN_PORT, PG_PORT };
    env = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
    env.INKSEAL_DATA = path.join(folder, 'data');
    up = runNode(path.join(SCRIPTS, 'up.ts'), [], { env });
    await up.prints(/inkseal: open http/, 120_000);
  });
  after(async () => {
    up.signal('SIGTERM');
    await up.exited;
  });

  const demo = async (args: string[]) => {
    const program = runNode(path.join(SCRIPTS, 'demo.ts'), args, { env });
    return { code: await program.exited, output: program.output() };
  };
  const jsonOf = (output: string) => JSON.parse(output.slice(output.indexOf('\n{') + 1, output.lastIndexOf('\n}') + 2));

  it('takes a picture to a certificate, and again on the same data', async () => {
    const file = path.join(folder, '鹤华.jpg');
    const picture = await photo();
    writeFileSync(file, picture);
    const first = await demo(['--file', file, '--json']);
    expect(first.code, first.output).to.equal(0);
    const result = jsonOf(first.output);
    expect(result.number).to.match(/^\d{18}$/);
    expect(result.lookupUrl).to.match(new RegExp(`/v/${result.number}#`));
    expect(result.report.verdict).to.equal('consistent');
    expect(result.report.checks.find(({ name }: { name: string }) => name === 'file').outcome).to.equal('passed');
    expect(result.nodeReport.verdict).to.equal('verified');
    expect(readFileSync(result.certificate).subarray(0, 5).toString()).to.equal('%PDF-');
    expect(readFileSync(result.package).subarray(0, 2).toString()).to.equal('PK');
    const bundle = readFileSync(result.bundle, 'utf8');
    expect(bundle).to.include(createHash('sha256').update(picture).digest('hex'));

    const second = await demo(['--file', file, '--out', path.join(folder, 'out')]);
    expect(second.code, second.output).to.equal(0);
    expect(second.output).to.include('goes on').and.include(path.join(folder, 'out'));
  });

  it('when there is no such file › says how it is used', async () => {
    const { code, output } = await demo(['--file', path.join(folder, 'none.jpg')]);
    expect(code).to.equal(1);
    expect(output).to.include('usage: npm run demo');
  });
});
