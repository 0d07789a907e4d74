import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { run, VECTORS, vector } from '../vectors/support/command.ts';
import type { ReceiptEntry } from '../vectors/support/receipts.ts';
import { english } from './messages.en.ts';
import { chinese } from './messages.zh.ts';

const FOLDER = fileURLToPath(new URL('../vectors/receipts/', import.meta.url));
const { cases }: { cases: ReceiptEntry[] } = JSON.parse(readFileSync(join(FOLDER, 'index.json'), 'utf8'));

describe('inkseal-verify, given a receipt', () => {
  it('when a proof decides › exits with 0 for kept and 1 for broken', async () => {
    const kept = await run([...argumentsOf('kept/bundle'), '--json']);
    const report = JSON.parse(kept.out);
    expect([kept.code, report.verdict, report.proof.verdict]).to.deep.equal([0, 'kept', 'verified']);
    const broken = await run(argumentsOf('broken/digest'));
    expect(broken.code).to.equal(1);
    expect(broken.out).to.match(new RegExp(`^${english.receipts.headlines.broken}\n`));
    expect(broken.out).to.include('(promise-content-differs)');
  });

  it('when the time is over and no proof is passed › exits with 2, and asks for one in either language', async () => {
    const due = await run(argumentsOf('open/due'));
    expect(due.code).to.equal(2);
    expect(due.out).to.match(/^DUE: .*2026-11-22 06:10:00 UTC; .*--proof\n/);
    const inChinese = await run([...argumentsOf('open/due'), '--lang', 'zh']);
    expect(inChinese.out).to.match(/^已到期：.*2026-11-22 14:10:00（北京时间）/);
    expect(inChinese.out.match(/^ {2}[✓✗–] /gm)).to.have.length(5);
  });

  it('when the proof is inside a package or certificate that cannot be opened › exits with 2', async () => {
    const { code, err } = await run([...argumentsOf('open/due'), '--proof', join(FOLDER, 'missing.json')]);
    expect(code).to.equal(2);
    expect(err).to.include('missing.json');
  });

  it('when it is one of several › gives it a line', async () => {
    const [receipt = ''] = argumentsOf('open/due');
    const trust = argumentsOf('open/due').slice(1);
    const { code, out } = await run([receipt, vector('good/file').proof, ...trust]);
    expect(code).to.equal(2);
    expect(out.split('\n')[0]).to.match(/receipt\.json: DUE: .*, \d{18}$/);
  });

  it('when options do not go with it › names the one that does not', async () => {
    const [receipt = ''] = argumentsOf('open/due');
    const { proof } = vector('good/file');
    const wrong: [string[], string][] = [
      [[receipt, '--file', join(VECTORS, 'files/work.txt')], english.inputs['receipt-without-files']],
      [[receipt, '--max-status-age', '1d'], english.inputs['receipt-without-status']],
      [[proof, '--proof', proof], english.inputs['proof-without-receipt'].replace('{}', proof)],
      [[receipt, receipt, '--proof', proof], english.inputs['proof-of-several']],
    ];
    for (const [args, sentence] of wrong) {
      const { code, err } = await run(args);
      expect([code, err.trim()]).to.deep.equal([2, `inkseal-verify: ${sentence}`]);
    }
  });

  it('says in its help, in both languages, that it reads receipts', () => {
    expect(english.help).to.include('--proof');
    expect(chinese.help).to.include('受理回执');
  });
});

function argumentsOf(name: string): string[] {
  const entry = cases.find((each) => each.name === name);
  if (!entry) throw new RangeError(`no case ${name}`);
  const option = (flag: string, file: string | undefined) => (file === undefined ? [] : [flag, join(FOLDER, file)]);
  return [join(FOLDER, entry.file), ...option('--trust', entry.trust), ...option('--proof', entry.proof)];
}
