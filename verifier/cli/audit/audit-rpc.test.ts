import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { decodeNextNumber, fromHex, parseHeader, verifyAccountProof, verifyStorageProof } from '../../src/index.ts';
import { auditRpc } from './audit-rpc.ts';

interface Call {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Real answers of Hyperledger Besu: whole calls, with what came of them. */
const besu: { registry: Record<string, string>; calls: Call[] } = JSON.parse(
  readFileSync(new URL('../../../ledger-service/src/chain/fixtures/besu-rpc.json', import.meta.url), 'utf8'),
);
const { address = '', nextNumberSlot = '', batchesSlot = '' } = besu.registry;
const BLOCK = 0x5e4n;

describe('auditRpc', () => {
  let server: Server;
  let url: string;
  let answer: (call: Call) => object;
  const ofBesu = ({ method, params }: Call): object => {
    const same = (call: Call) => call.method === method && JSON.stringify(call.params) === JSON.stringify(params);
    const { params: _, ...found } = besu.calls.find(same) ?? {
      params,
      error: { code: -1, message: 'not asked before' },
    };
    return found;
  };
  before(async () => {
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, ...answer(JSON.parse(body)) }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    answer = ofBesu;
  });
  after(() => server.close());
  const node = () => auditRpc(url).about({ consensus: 'qbft', address });

  it('when Besu answers, in capitals too › reads its block, and the proof of each slot whatever their order', async () => {
    const asked = besu.calls.find(({ method, params }) => method === 'eth_getProof' && params[2] === '0x5e4');
    const slots = asked?.params[1] as string[];
    for (const write of [(text: string) => text, (text: string) => text.replace(/"0x[0-9a-f]+"/g, capitals)]) {
      answer = (call) => JSON.parse(write(JSON.stringify(ofBesu(call))));
      const block = await node().block(BLOCK);
      const { stateRoot, number } = parseHeader(block?.headerRlp ?? new Uint8Array(), 'qbft');
      expect(number).to.equal(BLOCK);
      const { accountProof, storageProofs } = await node().proofs(slots, BLOCK);
      const { storageRoot } = verifyAccountProof({ stateRoot, address: fromHex(address), nodes: accountProof });
      const wordOf = (slot: string) => {
        const nodes = storageProofs[slots.indexOf(slot)] ?? [];
        return verifyStorageProof({ storageRoot, slot: fromHex(slot), nodes });
      };
      expect(decodeNextNumber(wordOf(nextNumberSlot)) > 0n).to.equal(true);
      expect(wordOf(batchesSlot)).to.equal(0n);
    }
  });

  it('when the state is gone, or the answer is another › fails, and never with a finding', async () => {
    const failures = [
      () => node().proofs([`0x${'4'.padStart(64, '0')}`], 0x10n),
      () => node().logs({ from: 1n, to: 2n }),
      () => node().block(1n),
    ];
    const answers = [ofBesu, () => ({ result: 'no' }), () => ({ result: [{}] }), () => ({})];
    for (const other of answers) {
      answer = other;
      for (const ask of failures) {
        const name = await ask().then(
          () => 'an answer',
          (error: Error) => error.name,
        );
        expect(name).to.equal('NodeFailure');
      }
    }
  });
});

const capitals = (hex: string): string => `"0x${hex.slice(3, -1).toUpperCase()}"`;
