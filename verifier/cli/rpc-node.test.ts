import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { CheckResult } from '../src/index.ts';
import { run, vector } from '../vectors/support/command.ts';
import { resultText } from '../vectors/support/vectors.ts';
import { english } from './messages.en.ts';

describe('inkseal-verify --rpc', () => {
  let server: Server;
  let url: string;
  /** The block that was asked for last. */
  let asked = 0;
  let answer: (method: string, result: unknown) => object;
  beforeEach(() => {
    answer = (_method, result) => ({ result });
  });
  before(async () => {
    const { node } = vector('good/node');
    if (node === undefined || node === 'unreachable') throw new RangeError('no node');
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { method, params } = JSON.parse(body);
      asked = Number(params[0]);
      const results: Record<string, unknown> = {
        eth_chainId: `0x${Number(node.chainId).toString(16)}`,
        eth_getBlockByNumber: node.blocks[Number(params[0])] ? { hash: node.blocks[Number(params[0])] } : null,
        eth_getStorageAt: '0x0',
      };
      response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, ...answer(method, results[method]) }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  it('when no trust file names the registry › verifies nothing and calls nothing proven', async () => {
    for (const name of ['good/node', 'absence/node']) {
      const { proof } = vector(name);
      const { code, out } = await run([proof, '--rpc', url, '--json']);
      const report = JSON.parse(out);
      expect({ code, verdict: report.verdict, backing: report.backing }, name).to.deep.equal({
        code: 2,
        verdict: 'consistent',
        backing: 'node',
      });
      expect(report.notes).to.include('registry-named-by-bundle');
      expect(report.facts).to.not.have.property('notRevokedAsOf');
      expect(report.facts.interval?.isProven ?? false).to.equal(false);
      const shown = await run([proof, '--rpc', url]);
      expect(shown.out.split('\n')[0]).to.equal(english.headlines['registry-unnamed']);
      expect(shown.out).to.not.match(/^ {2}proven/m);
    }
  });

  it('when a trust file names the registry of a network without seals › verifies what the node has', async () => {
    const { proof, trustArgs, node } = vector('good/unsealed-node');
    if (node === undefined || node === 'unreachable') throw new RangeError('no node');
    const { blocks } = node;
    answer = (method, result) => ({ result: method === 'eth_getBlockByNumber' ? { hash: blocks[asked] } : result });
    expect((await run([proof, ...trustArgs])).code).to.equal(2);
    const { code, out } = await run([proof, ...trustArgs, '--rpc', url, '--json']);
    expect(code).to.equal(0);
    expect(JSON.parse(out)).to.include({ verdict: 'verified', backing: 'node' });
    expect(JSON.parse(out).facts.interval.isProven).to.equal(true);
  });

  it('does not verify a block that the node has not', async () => {
    const { code, out } = await run([vector('bad/anchored-after-block').proof, '--rpc', url, '--json']);
    expect(code).to.equal(1);
    expect(JSON.parse(out).verdict).to.equal('not-verified');
  });

  it('does not verify with a node that is unreachable', async () => {
    const { code, out } = await run([vector('good/node').proof, '--rpc', 'http://127.0.0.1:1', '--json']);
    expect(code).to.equal(2);
    const header = JSON.parse(out).checks.find(({ name }: { name: string }) => name === 'header');
    expect(header.reason).to.equal('node-unreachable');
  });

  it('refuses a password in the address, and does not repeat it', async () => {
    const { code, out, err } = await run([
      vector('good/node').proof,
      '--rpc',
      url.replace('//', '//me:secret@'),
      '--json',
    ]);
    expect(code).to.equal(2);
    expect(out + err)
      .to.include('input-unusable')
      .and.not.include('secret');
  });

  it('does not call a block unsigned that is sealed, or on the node', async () => {
    const { proof, trustArgs } = vector('good/file');
    const sealed = await run([proof, ...trustArgs, '--rpc', 'http://127.0.0.1:1']);
    expect(sealed.code).to.equal(2);
    const silent = `${english.headlines['node-silent']}; ${english.headlineNotes['status-not-shown']}`;
    expect(sealed.out.split('\n').slice(0, 2)).to.deep.equal([silent, english.backing.seals]);
    const unsealed = vector('good/unsealed-node');
    if (unsealed.node === undefined || unsealed.node === 'unreachable') throw new RangeError('no node');
    const { blocks } = unsealed.node;
    let questions = 0;
    answer = (method, result) => {
      if (++questions > 2) return {};
      return { result: method === 'eth_getBlockByNumber' ? { hash: blocks[asked] } : result };
    };
    const found = await run([unsealed.proof, ...unsealed.trustArgs, '--rpc', url]);
    expect(found.code).to.equal(2);
    expect(found.out.split('\n').slice(0, 2)).to.deep.equal([silent, english.backing.node]);
  });

  it('takes an error for no answer, whatever result stands beside it', async () => {
    const busy = { error: { code: -32000, message: 'busy' } };
    answer = (method, result) => ({ result, ...(method === 'eth_getStorageAt' && busy) });
    const { checks } = JSON.parse((await run([vector('good/node').proof, '--rpc', url, '--json'])).out);
    expect(outcomes(checks, 'status')).to.deep.equal({ status: 'node-unreachable' });
    answer = () => ({ result: null, ...busy });
    const away = await run([vector('good/node').proof, '--rpc', url, '--json']);
    expect(away.code).to.equal(2);
    expect(outcomes(JSON.parse(away.out).checks, 'header', 'not-before', 'status')).to.deep.equal({
      header: 'node-unreachable',
      'not-before': 'node-unreachable',
      status: 'node-unreachable',
    });
  });

  it('takes a hash of another length for no answer', async () => {
    answer = (method, result) => ({ result: method === 'eth_getBlockByNumber' ? { hash: '0x12' } : result });
    const { code, out } = await run([vector('good/node').proof, '--rpc', url, '--json']);
    expect(code).to.equal(2);
    expect(outcomes(JSON.parse(out).checks, 'header')).to.deep.equal({ header: 'node-unreachable' });
  });
}).timeout(120_000);

/** What became of some checks: `passed`, a code or a reason. */
function outcomes(checks: readonly CheckResult[], ...names: readonly string[]): Record<string, string> {
  const named = checks.filter(({ name }) => names.includes(name));
  return Object.fromEntries(named.map((check) => [check.name, resultText(check).replace(/^.* /, '')]));
}
