import { expect } from 'chai';
import { makeValidators } from '../vectors/support/chain.ts';
import { makeTrust, makeWorld } from '../vectors/support/world.ts';
import { type Bundle, canonicalText, type JsonValue, type Report, verifyBundle } from './index.ts';

// Every bound of docs/proof-format.md: what lies on it is read, and judged on its merits; one more is refused unread.
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(canonicalText(value as JsonValue));
const world = await makeWorld();
const { bundle } = world;
const trust = bytesOf(makeTrust(world));
const zeros = (bytes: number): string => `0x${'00'.repeat(bytes)}`;
const withContent = (length: number): Uint8Array =>
  bytesOf({ ...bundle, sections: [{ name: 'unlisted', salt: '0'.repeat(64), content: 'x'.repeat(length) }] });

const LIMITS: Record<string, { limit: number; make: (size: number) => unknown; onIt: string }> = {
  'nodes of a state proof': {
    limit: 64,
    make: (size) => ({ ...bundle, anchor: { ...bundle.anchor, storageProof: Array(size).fill('0x80') } }),
    onIt: 'batch-slot state-proof-invalid',
  },
  'bytes of a node': {
    limit: 1_024,
    make: (size) => ({ ...bundle, anchor: { ...bundle.anchor, storageProof: [zeros(size)] } }),
    onIt: 'batch-slot state-proof-invalid',
  },
  'nodes of a path': {
    limit: 32,
    make: (size) => ({ ...bundle, inclusion: { ...bundle.inclusion, path: Array(size).fill('0'.repeat(64)) } }),
    onIt: 'inclusion path-length',
  },
  'bytes of a header': {
    limit: 16_384,
    make: (size) => ({ ...bundle, notBefore: { headerRlp: zeros(size) } }),
    onIt: 'not-before header-malformed',
  },
};

describe('limits', () => {
  for (const [name, { limit, make, onIt }] of Object.entries(LIMITS)) {
    it(`${limit} ${name} are read, one more is malformed`, async () => {
      expect(failuresOf(await verifyBundle(bytesOf(make(limit)), { trust }))).to.include(onIt);
      expect((await verifyBundle(bytesOf(make(limit + 1)), { trust })).error?.code).to.equal('malformed');
    });
  }

  it('a bundle of a mebibyte is read, one of a byte more is too-large', async () => {
    const length = 1_048_576 - withContent(0).length;
    expect(failuresOf(await verifyBundle(withContent(length), { trust }))).to.deep.equal(['sections section-unlisted']);
    expect((await verifyBundle(withContent(length + 1), { trust })).error?.code).to.equal('too-large');
  });

  it('64 validators, all of whom sealed, are verified; a trust file of 65 is trust-malformed', async () => {
    expect((await underValidators(64)).verdict).to.equal('verified');
    expect((await underValidators(65)).error?.code).to.equal('trust-malformed');
  }).timeout(30_000);
});

async function underValidators(count: number): Promise<Report> {
  const large = await makeWorld({ validators: makeValidators('limit', count) });
  return verifyBundle(bytesOf(large.bundle satisfies Bundle), { trust: bytesOf(makeTrust(large)) });
}

function failuresOf({ checks }: Report): string[] {
  return checks.flatMap((check) => (check.outcome === 'failed' ? [`${check.name} ${check.code}`] : []));
}
