// Every change of a member of a proof, one after the other.
import { expect } from 'chai';
import { makeValidators } from '../vectors/support/chain.ts';
import { mutationsOf } from '../vectors/support/mutations.ts';
import { makeAbsence, makeTrust, makeWorld, type World } from '../vectors/support/world.ts';
import { chainWitness, networkOf, SECOND, trustWith } from '../vectors/witnesses/chain-witness.ts';
import {
  type AbsenceProof,
  BUNDLE_MEDIA_TYPE_V2,
  type Bundle,
  canonicalBytes,
  encodeBundle,
  equalBytes,
  type Report,
  readJson,
  shareChecks,
  verifyAbsence,
  verifyBundle,
} from './index.ts';

// What a holder may leave out of a bundle (docs/proof-format.md §2). Every other change must fail.
const REDACTIONS = ['$.sections dropped', '$.sections[0] dropped', '$.sections[1] dropped', '$.status dropped'];

const shortWorld = (): Promise<World> => makeWorld({ validators: makeValidators('alone', 1), count: 3, index: 1 });

describe('verifyBundle', () => {
  it('accepts no bundle with anything changed but hints', async () => {
    const world = await shortWorld();
    const trust = makeTrust(world);
    const { tried, accepted } = await tryAll(world.bundle, (bytes) => verifyBundle(bytes, { trust }));
    expect(accepted.toSorted()).to.deep.equal(REDACTIONS);
    expect(tried).to.be.above(3_000);
  }).timeout(300_000);
});

describe('a second chain as witness', () => {
  it('counts with nothing of it changed but seals beyond the quorum', async () => {
    const world = await shortWorld();
    const shared = shareChecks();
    const options = { trust: trustWith(world, [networkOf(SECOND)]), shared };
    const witnesses = [chainWitness(world)];
    const bundle: Bundle = { ...world.bundle, mediaType: BUNDLE_MEDIA_TYPE_V2, witnesses };
    const others = ['statement', 'inclusion', 'notBefore', 'anchor', 'status', 'manifest', 'sections', 'mediaType'];
    const skipped = others.map((name) => `$.${name}`);
    const { tried, accepted } = await tryAll(bundle, (bytes) => verifyBundle(bytes, options), skipped);
    const ofSeals = /^\$\.witnesses\[0\]\.headerRlp rlp\/12\/4\/\d( dropped| swapped)$/;
    expect(accepted.filter((path) => !ofSeals.test(path))).to.deep.equal([]);
    expect(accepted).to.have.length.above(3);
    expect(tried).to.be.above(400);
  }).timeout(300_000);
});

describe('verifyAbsence', () => {
  it('accepts no absence proof with anything changed', async () => {
    const world = await shortWorld();
    const trust = makeTrust(world);
    const proof = makeAbsence(world, world.spec.nextNumber + 5n);
    const { tried, accepted } = await tryAll(proof, (bytes) => verifyAbsence(bytes, { trust }));
    // Another number that was not issued either is another true statement.
    expect(accepted.filter((path) => !path.startsWith('$.number'))).to.deep.equal([]);
    expect(tried).to.be.above(1_000);
  }).timeout(120_000);
});

// Verifies every mutation of a proof outside its hints, and lists those that are still taken as verified.
async function tryAll(
  proof: Bundle | AbsenceProof,
  verify: (bytes: Uint8Array) => Promise<Report>,
  skipped: readonly string[] = [],
) {
  const original = encodeBundle(proof);
  const accepted: string[] = [];
  let tried = 0;
  for (const { path, value } of mutationsOf(readJson(original), '$', ['$.hints', ...skipped])) {
    const bytes = canonicalBytes(value);
    if (equalBytes(bytes, original)) continue;
    tried++;
    if ((await verify(bytes)).verdict === 'verified') accepted.push(path);
  }
  return { tried, accepted };
}
