import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { utf8 } from '../encoding/bytes.ts';
import { compareTrust } from './compare.ts';
import { parseTrustFile, type TrustFile } from './trust-file.ts';

const V2 = new URL('../../vectors/v2/', import.meta.url);
const { cases } = JSON.parse(readFileSync(new URL('index.json', V2), 'utf8'));
const { trust } = cases.find(({ name }: { name: string }) => name === 'good/openssl-both');
const good = JSON.parse(readFileSync(new URL(trust, V2), 'utf8'));
const [network] = good.networks;
const [registry] = network.registries;

const read = (change: object): TrustFile => parseTrustFile(utf8(JSON.stringify({ ...good, ...change })));
const withNetwork = (change: object) => read({ networks: [{ ...network, ...change }] });
const differences = (...changes: TrustFile[]) => compareTrust([read({}), ...changes]);

describe('several trust files', () => {
  it('when they differ in names, in the order of validators and in the lines of a certificate › agree', () => {
    const validatorSets = network.validatorSets.map((set: { validators: object[] }) => ({
      ...set,
      validators: set.validators.map((one) => ({ ...one, organisation: 'another name' })).toReversed(),
    }));
    const timestampAuthorities = good.timestampAuthorities.map((pem: string) => pem.replaceAll('\n', '\r\n'));
    expect(differences(read({ name: 'another', timestampAuthorities }), withNetwork({ validatorSets }))).to.deep.equal(
      [],
    );
  });

  const [first, ...others] = network.validatorSets[0].validators;
  const changes: Record<string, [change: () => TrustFile, place: RegExp]> = {
    'the code of the registry': [
      () => withNetwork({ registries: [{ ...registry, codeHash: `0x${'ab'.repeat(32)}` }] }),
      /^network \d+, registry 0x\w+, codeHash$/,
    ],
    'the last number of a registry': [
      () => withNetwork({ registries: [{ ...registry, throughNumber: '100000000000000009' }] }),
      /, throughNumber$/,
    ],
    'a validator': [
      () =>
        withNetwork({
          validatorSets: [{ fromBlock: '0', validators: [...others, { ...first, address: `0x${'1'.repeat(40)}` }] }],
        }),
      /^network \d+, validators from block 0$/,
    ],
    'the number of witnesses': [() => read({ requiredWitnesses: 0 }), /^witnesses required$/],
    'a receipt key': [
      () => read({ receiptKeys: [{ key: 'ab'.repeat(32), from: '2026-01-01T00:00:00.000Z' }] }),
      /^receipt key (ab)+$/,
    ],
    'an authority': [
      () => read({ timestampAuthorities: good.timestampAuthorities.slice(1) }),
      /^time-stamping authority, SHA-256 [0-9a-f]{64}$/,
    ],
  };
  for (const [what, [change, place]] of Object.entries(changes)) {
    it(`when one says something else of ${what} › names the place, and what each says`, () => {
      const found = differences(read({}), change());
      expect(found).to.have.length(1);
      expect(found[0]?.place).to.match(place);
      const [a, b, c] = found[0]?.values ?? [];
      expect(a).to.equal(b);
      expect(a).to.not.equal(c);
    });
  }

  it('when one does not name the network › names all that it leaves out', () => {
    const other = {
      chainId: '999',
      consensus: 'none',
      registries: [registry],
      validatorSets: [],
    };
    const found = differences(read({ networks: [other] }));
    expect(found.every(({ values }) => values.includes(null))).to.equal(true);
    expect(found.map(({ place }) => place)).to.include('network 999, consensus');
  });
});
