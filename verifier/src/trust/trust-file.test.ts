import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { utf8 } from '../encoding/bytes.ts';
import { parseTrustFile, TRUST_MEDIA_TYPE, TRUST_MEDIA_TYPE_V2, validatorSetAt } from './trust-file.ts';

const V2 = new URL('../../vectors/v2/', import.meta.url);
const { cases } = JSON.parse(readFileSync(new URL('index.json', V2), 'utf8'));
const { trust } = cases.find(({ name }: { name: string }) => name === 'good/openssl-both');
const good = JSON.parse(readFileSync(new URL(trust, V2), 'utf8'));
const [pem] = good.timestampAuthorities;
const RECEIPT_KEY = { key: 'ab'.repeat(32), from: '2026-01-01T00:00:00.000Z', until: '2027-01-01T00:00:00.000Z' };

const parse = (change: object) => parseTrustFile(utf8(JSON.stringify({ ...good, ...change })));

describe('a trust file of version 2', () => {
  it('when every member follows its rule › is read', () => {
    const read = parse({ receiptKeys: [RECEIPT_KEY], documentSigners: [pem] });
    expect(read).to.include({ mediaType: TRUST_MEDIA_TYPE_V2, requiredWitnesses: 2 });
    expect(read.receiptKeys).to.deep.equal([RECEIPT_KEY]);
    expect(parse({ timestampAuthorities: [pem.replaceAll('\n', '\r\n')] }).timestampAuthorities).to.have.length(1);
  });

  const { until, ...open } = RECEIPT_KEY;
  const changes: Record<string, object> = {
    'a required member is missing': { requiredWitnesses: undefined },
    'more witnesses are required than a proof holds': { requiredWitnesses: 9 },
    'the number of witnesses is a text': { requiredWitnesses: '1' },
    'an authority is no certificate': {
      timestampAuthorities: ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    },
    'an authority is two certificates': { timestampAuthorities: [pem + pem] },
    'an authority is cut short': { timestampAuthorities: [pem.slice(0, 200)] },
    'an authority stands there twice': { timestampAuthorities: [pem, `${pem}\n`] },
    'a signer is no certificate': { documentSigners: ['x'] },
    'a receipt key is of another length': { receiptKeys: [{ ...RECEIPT_KEY, key: 'ab' }] },
    'a receipt key stands there twice': { receiptKeys: [RECEIPT_KEY, open] },
    'a receipt key ends before it begins': { receiptKeys: [{ ...RECEIPT_KEY, until: RECEIPT_KEY.from }] },
    'version 1 has members of version 2': { mediaType: TRUST_MEDIA_TYPE },
    'the version is unknown': { mediaType: TRUST_MEDIA_TYPE.replace('v=1', 'v=3') },
  };
  for (const [condition, change] of Object.entries(changes)) {
    it(`when ${condition} › is refused`, () => {
      expect(() => parse(change))
        .to.throw()
        .with.property('code', 'trust-malformed');
    });
  }
});

describe('validatorSetAt', () => {
  it('is in force from its own first block to the block before the next set’s', () => {
    const [network] = parse({}).networks;
    if (!network) throw new RangeError('no network');
    const validatorSets = ['100', '200'].map((fromBlock) => ({ fromBlock, validators: [] }));
    const inForce = [99n, 100n, 199n, 200n, 201n].map(
      (block) => validatorSetAt({ ...network, validatorSets }, block)?.fromBlock,
    );
    expect(inForce).to.deep.equal([undefined, '100', '100', '200', '200']);
  });
});
