// Second chains beside tokens, as no released set can have them: its tokens are by keys that nobody has any more.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { makeWorld } from '../../vectors/support/world.ts';
import { ecKey, issue, pemOf, timeStamping } from '../../vectors/witnesses/certificates.ts';
import { chainWitness, networkOf, SECOND, secondChain, trustWith } from '../../vectors/witnesses/chain-witness.ts';
import { witness } from '../../vectors/witnesses/scene.ts';
import { stamp } from '../../vectors/witnesses/stamp.ts';
import {
  BUNDLE_MEDIA_TYPE_V2,
  type Bundle,
  canonicalBytes,
  encodeBundle,
  parseBundle,
  parseTrustFile,
  type Report,
  shareChecks,
  type TrustFile,
  verifyBundle,
  type Witness,
} from '../index.ts';

const read = (name: string) => readFileSync(new URL(`../../vectors/v2/${name}`, import.meta.url));
const { cases } = JSON.parse(read('index.json').toString());

function stamped(name: string): { bundle: Bundle; trust: TrustFile } {
  const { file, trust } = cases.find((one: { name: string }) => one.name === name);
  return { bundle: parseBundle(read(file)), trust: parseTrustFile(read(trust)) };
}

const NOW = new Date('2027-12-31T00:00:00Z');
const witnessesOf = ({ checks }: Report) => checks.find(({ name }) => name === 'witnesses');

describe('check of the witnesses', () => {
  const { bundle, trust } = stamped('good/openssl-ecdsa');
  const [token] = bundle.witnesses ?? [];
  const judge = (witnesses: Witness[], required: number) => {
    const networks = [...trust.networks, networkOf(SECOND)];
    const under = { ...trust, networks, requiredWitnesses: required };
    return verifyBundle(encodeBundle({ ...bundle, witnesses }), { trust: under, now: NOW });
  };

  it('when an authority and a second chain countersigned › counts both, and shows the time of the earlier one', async () => {
    if (!token) throw new RangeError('no token');
    const report = await judge([token, chainWitness({ bundle })], 2);
    expect(witnessesOf(report)).to.include({ outcome: 'passed', found: '2' });
    expect(report.facts?.witnessedNoLaterThan).to.equal('2026-11-22T06:00:06.000Z');
    expect(report.facts?.witnesses?.map(({ kind }) => kind)).to.deep.equal(['rfc3161', 'chain']);
    expect(witnessesOf(await judge([token, chainWitness({ bundle })], 3))).to.include({ code: 'witnesses-missing' });
  });

  it('when a renewal stands behind a second chain › has to be about it, and not older', async () => {
    const root = issue({ name: 'an authority', key: ecKey(), isAuthority: true });
    const signer = timeStamping({ name: 'its signer', key: ecKey(), issuer: root });
    const chain = chainWitness({ bundle });
    const renewed = (time: string, witnesses: Witness[]) => {
      const { registry } = bundle.statement;
      const message = canonicalBytes({ registry, root: bundle.anchor.batch.root, witnesses });
      return witness(stamp({ message, signer, time }), 'renewal');
    };
    const judgeUnder = async (renewal: Witness) => {
      const under = { ...trust, networks: [...trust.networks, networkOf(SECOND)], timestampAuthorities: [pemOf(root)] };
      const file = encodeBundle({ ...bundle, witnesses: [chain, renewal] });
      return witnessesOf(await verifyBundle(file, { trust: { ...under, requiredWitnesses: 1 }, now: NOW }));
    };
    expect(await judgeUnder(renewed('2026-11-22T06:00:06Z', [chain]))).to.include({ outcome: 'passed', found: '1' });
    expect(await judgeUnder(renewed('2026-11-22T06:00:05Z', [chain]))).to.include({ code: 'witness-time-order' });
    expect(await judgeUnder(renewed('2026-11-22T06:00:06Z', []))).to.include({ code: 'witness-mismatch' });
  });

  it('when results are shared › keeps the blocks of one network from passing for those of another', async () => {
    const world = await makeWorld();
    const { headerRlp, accountProof, storageProof } = world.bundle.anchor;
    const { chainId, contract } = SECOND;
    const own = { kind: 'chain', chainId, contract, headerRlp, accountProof, storageProof } as const;
    const shared = shareChecks();
    const options = { trust: trustWith(world, [networkOf(SECOND)]), now: NOW, shared };
    const verify = (witness: Witness) =>
      verifyBundle(encodeBundle({ ...world.bundle, mediaType: BUNDLE_MEDIA_TYPE_V2, witnesses: [witness] }), options);
    for (const witness of [chainWitness(world), own, chainWitness(world)]) {
      const expected = witness === own ? { code: 'validator-set-mismatch' } : { outcome: 'passed' };
      expect(witnessesOf(await verify(witness))).to.include(expected);
    }
  });

  it('when the page has no cryptography › still judges a second chain, and no token', async () => {
    if (!token) throw new RangeError('no token');
    const { crypto } = globalThis;
    const getRandomValues = crypto.getRandomValues.bind(crypto);
    Object.defineProperty(globalThis, 'crypto', { value: { getRandomValues }, configurable: true });
    try {
      expect(witnessesOf(await judge([chainWitness({ bundle })], 1))).to.include({ outcome: 'passed' });
      expect(witnessesOf(await judge([token], 0))).to.include({ reason: 'witness-unsupported' });
    } finally {
      Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
    }
  });

  it('when two chains countersigned › shows the earlier time, wherever it stands', async () => {
    const third = secondChain('9901', 'third');
    const world = await makeWorld();
    const witnesses = [
      chainWitness(world, { time: world.spec.anchor.time + 60 }),
      chainWitness(world, { chain: third }),
    ];
    const trusted = trustWith(world, [networkOf(SECOND), networkOf(third)], 2);
    const file = encodeBundle({ ...world.bundle, mediaType: BUNDLE_MEDIA_TYPE_V2, witnesses });
    const { facts, verdict } = await verifyBundle(file, { trust: trusted, now: NOW });
    expect(verdict).to.equal('verified');
    expect(facts?.witnessedNoLaterThan).to.equal('2026-11-22T06:00:06.000Z');
    expect(facts?.witnesses?.[1]).to.deep.equal({
      kind: 'chain',
      chainId: third.chainId,
      contract: third.contract,
      standing: 'sealed',
      time: '2026-11-22T06:00:06.000Z',
    });
  });
});
