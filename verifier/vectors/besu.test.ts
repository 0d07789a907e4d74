// A proof from a real network of four Hyperledger Besu 26.2.0 validators (London rules), as it was issued: it verifies with
// every version to come.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { verifyBundle } from '../src/index.ts';

const read = (name: string): Buffer => readFileSync(new URL(`./besu/${name}`, import.meta.url));

describe('a proof from Hyperledger Besu', () => {
  it('when read under the trust file of its network › is verified by seals of the named validators', async () => {
    const report = await verifyBundle(read('london.proof.json'), { trust: read('london.trust.json') });
    expect([report.verdict, report.exitCode, report.backing]).to.deep.equal(['verified', 0, 'seals']);
    expect(report.facts?.number).to.equal('100000000000000002');
    expect(report.checks.filter(({ outcome }) => outcome === 'failed')).to.deep.equal([]);
  });

  it('when one byte of its storage proof differs › is not verified', async () => {
    const bundle = JSON.parse(read('london.proof.json').toString());
    const [node = '', ...rest] = bundle.anchor.storageProof;
    bundle.anchor.storageProof = [node.replace(/.$/, (digit: string) => (digit === '0' ? '1' : '0')), ...rest];
    const report = await verifyBundle(Buffer.from(JSON.stringify(bundle)), { trust: read('london.trust.json') });
    expect(report.verdict).to.equal('not-verified');
  });
});
