import { mkdirSync, readFileSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { zipSync } from 'fflate';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { encodeBundle, utf8 } from '../../src/index.ts';
import { encodeReceipt } from '../../src/receipts/index.ts';
import { foundIn } from '../../vectors/support/audits.ts';
import { putFile, run } from '../../vectors/support/command.ts';
import { FIRST, makeRegistryChain } from '../../vectors/support/registry-chain.ts';
import { type RegistryServer, serveRegistry } from '../../vectors/support/registry-server.ts';
import { auditMessages } from './audit-messages.ts';

const MAIN = fileURLToPath(new URL('audit-main.ts', import.meta.url));
const chain = makeRegistryChain();

describe('inkseal-audit', () => {
  const folder = temporaryFolder();
  const put = (name: string, bytes: Uint8Array | string): string => putFile(join(folder, name), bytes);
  const trust = put('trust.json', JSON.stringify(chain.trust));
  const held = join(folder, 'held');
  let server: RegistryServer;
  before(async () => {
    server = await serveRegistry(chain.node);
    mkdirSync(join(held, 'more'), { recursive: true });
    put('held/1.proof.json', encodeBundle(chain.bundle(FIRST)));
    put('held/more/2.proof.json.gz', gzipSync(encodeBundle(chain.bundle(FIRST + 1n))));
    put('held/more/2.receipt.json', encodeReceipt(chain.receipt(FIRST + 1n)));
  });
  after(() => server.stop());

  const audit = (...args: string[]) => run([...args, '--trust', trust, '--rpc', server.url], {}, MAIN);

  it('when all holds › exits with 0, and writes the report, the page and no state', async () => {
    const [json, page, state] = ['report.json', 'page.html', 'state'].map((name) => join(folder, name));
    const { code, out } = await audit(held, '--report', json ?? '', '--page', page ?? '', '--state', state ?? '');
    expect(code, out).to.equal(0);
    const report = JSON.parse(readFileSync(json ?? '', 'utf8'));
    expect(report).to.deep.include({ verdict: 'sound', counts: {}, listed: [] });
    expect(report.tally).to.deep.equal({ proofs: 2, receipts: 1, 'receipts-kept': 1 });
    expect(report.run).to.include({ program: 'inkseal-audit' });
    expect(readFileSync(page ?? '', 'utf8')).to.include('未发现问题');
    expect(() => readFileSync(state ?? '')).to.throw('ENOENT');
    // The made-up node answers ten blocks at a time: pages were halved until it did.
    expect(server.asked.get('eth_getLogs')).to.be.greaterThan(2);
  });

  it('when faults are found › exits with 1 and names them, in either language', async () => {
    const bad = put('bad.proof.json', '{}');
    const english = await audit(held, bad, '--quiet');
    expect([english.code, english.err]).to.deep.equal([1, '']);
    expect(english.out)
      .to.match(/^Faults found/)
      .and.match(/✗ The file cannot be read \(item-unreadable, 1\)\n +\S*bad/);
    const chinese = await audit(bad, '--quiet', '--lang', 'zh');
    expect(chinese.out)
      .to.match(/^发现问题/)
      .and.match(/✗ 无法读取/);
    expect(chinese.out).to.match(/（北京时间）/);
  });

  it('when it lacks something, or the node is not the one › exits with 2 and says so', async () => {
    const { inputs } = auditMessages('en');
    const foreign = put('foreign.json', JSON.stringify({ ...chain.trust, networks: [networkOf({ chainId: '1' })] }));
    const [registry] = chain.trust.networks[0]?.registries ?? [];
    const two = [registry, { ...registry, address: `0x${'11'.repeat(20)}` }];
    const several = put('several.json', JSON.stringify({ ...chain.trust, networks: [networkOf({ registries: two })] }));
    const node = ['--rpc', server.url];
    const cases: [string[], string][] = [
      [[held, ...node], inputs['needs-trust']],
      [[held, '--trust', trust], inputs['needs-rpc']],
      [[held, ...node, '--trust', foreign], inputs['chain-not-trusted']],
      [[held, ...node, '--trust', several], inputs['registry-not-named']],
      [[held, ...node, '--trust', held], 'not a file: {}'],
      [[held, ...node, '--trust', put('bad.json', '{}')], inputs['trust-unusable']],
      [[join(folder, 'missing'), ...node, '--trust', trust], 'cannot read {}'],
      [[held, ...node, '--trust', trust, '--sample', '0'], inputs['no-sample']],
      [[held, ...node, '--trust', trust, '--seed', 'x'], inputs['seed-without-sample']],
      [[held, ...node, '--trust', trust, '--state', put('bad-state', '[]')], inputs['no-state']],
      [[held, '--trust', trust, '--rpc', 'http://127.0.0.1:1'], inputs['node-failed']],
    ];
    for (const [args, sentence] of cases) {
      const { code, err, out } = await run([...args, '--quiet'], {}, MAIN);
      expect([code, out], err).to.deep.equal([2, '']);
      expect(err).to.include(`inkseal-audit: ${sentence.split('{}')[0]}`);
    }
    const chosen = ['--trust', several, '--registry', registry?.address ?? '', '--quiet'];
    expect((await run([held, ...node, ...chosen], {}, MAIN)).code).to.equal(0);
  });

  it('when files are hostile › reads no more of them than it may, follows no link, and names each', async () => {
    const hostile = join(folder, 'hostile');
    mkdirSync(hostile);
    truncateSync(put('hostile/a.proof.json', ''), 2 ** 35);
    truncateSync(put('hostile/b.pdf', '%PDF-1.7\n'), 2 ** 35);
    put('hostile/c.proof.json.gz', gzipSync(Buffer.alloc(2 ** 26)));
    put('hostile/d.zip', zipSync({ '1.proof.json': new Uint8Array(2 ** 24) }));
    put('hostile/e.proof.json', '['.repeat(500_000));
    put('hostile/\u202e<b>.receipt.json', utf8('{"mediaType":"application/vnd.inkseal.receipt+json;v=1"}'));
    symlinkSync(hostile, join(hostile, 'loop'));
    symlinkSync('/dev/zero', join(hostile, 'zero.proof.json'));
    const { code, out } = await audit(hostile, '--quiet', '--json');
    expect(code, out).to.equal(1);
    expect(out).to.not.include('\u202e');
    const found = foundIn(JSON.parse(out)).map((line) => line.replace(`${hostile}/`, ''));
    expect(found).to.have.members([
      'item-unreadable too-large a.proof.json',
      'item-unreadable too-large b.pdf',
      'item-unreadable too-large c.proof.json.gz',
      'item-unreadable too-large d.zip',
      'item-unreadable not-json e.proof.json',
      'item-unreadable unknown-media-type \u202e<b>.receipt.json',
    ]);
  });

  it('when help is asked for › says what it does in either language', async () => {
    for (const language of ['zh', 'en'] as const) {
      const { code, out } = await run(['--help', '--lang', language], {}, MAIN);
      expect([code, out.trim()]).to.deep.equal([0, auditMessages(language).help]);
    }
  });
}).timeout(120_000);

const networkOf = (changes: object): object => ({ ...chain.trust.networks[0], ...changes });
