import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fromHex, toHex0x } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import { blockHash, parseHeader, qbftExtra } from './header.ts';
import { decodeBatch } from './registry.ts';
import { verifySeals } from './seals.ts';
import { verifyAccountProof, verifyStorageProof } from './state-proof.ts';

interface HeaderCase {
  name: string;
  headerRlp: string;
  trusted: string[];
  blockHash?: string;
  number?: number;
  sealers?: number;
  code?: string;
}

interface StateCase {
  name: string;
  headerRlp: string;
  address: string;
  slot: string;
  accountProof: string[];
  storageProof: string[];
  value: string;
  isAccount: boolean;
}

const path = new URL('../../vectors/qbft/cases.json', import.meta.url);
const { headers, states }: { headers: HeaderCase[]; states: StateCase[] } = JSON.parse(readFileSync(path, 'utf8'));

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof VerificationError) return error.code;
    throw error;
  }
  return 'none';
}

describe('headers of real QBFT networks', () => {
  it('has every case', () => {
    expect(headers).to.have.length(29);
    expect(states).to.have.length(5);
  });

  for (const { name, headerRlp, trusted, ...expected } of headers) {
    const rlp = fromHex(headerRlp);
    it(`${name}: ${expected.code ?? 'accepted'}`, () => {
      const code = codeOf(() => verifySeals(parseHeader(rlp, 'qbft'), trusted));
      expect(code).to.equal(expected.code ?? 'none');
      if (expected.blockHash) expect(toHex0x(blockHash(rlp, 'qbft'))).to.equal(expected.blockHash);
      if (expected.number) expect(parseHeader(rlp).number).to.equal(BigInt(expected.number));
      if (expected.sealers) expect(verifySeals(parseHeader(rlp), trusted)).to.have.length(expected.sealers);
    });
  }

  it('gives each seal of a header once, in the order of the header', () => {
    const [first] = headers;
    if (!first) throw new RangeError('no case');
    const header = parseHeader(fromHex(first.headerRlp));
    expect(qbftExtra(header).seals).to.have.length(verifySeals(header, first.trusted).length);
  });
});

describe('state proofs of a real QBFT network', () => {
  for (const { name, headerRlp, address, slot, accountProof, storageProof, value, isAccount } of states) {
    it(name, () => {
      const { stateRoot } = parseHeader(fromHex(headerRlp), 'qbft');
      const account = () =>
        verifyAccountProof({ stateRoot, address: fromHex(address), nodes: accountProof.map(fromHex) });
      if (!isAccount) {
        expect(codeOf(account)).to.equal('account-absent');
        return;
      }
      const { storageRoot } = account();
      const word = verifyStorageProof({ storageRoot, slot: fromHex(slot), nodes: storageProof.map(fromHex) });
      expect(word).to.equal(BigInt(value));
      if (word !== 0n) expect(decodeBatch(word)?.count).to.be.above(0);
      expect(codeOf(() => verifyStorageProof({ storageRoot, slot: fromHex(slot), nodes: [] }))).to.equal(
        'state-proof-invalid',
      );
    });
  }
});
