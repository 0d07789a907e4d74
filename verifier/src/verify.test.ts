import { expect } from 'chai';
import fc from 'fast-check';
import { makeValidators } from '../vectors/support/chain.ts';
import { makeTrust, makeWorld, type World } from '../vectors/support/world.ts';
import { canonicalBytes, encodeBundle, type Report, verifyAbsence, verifyBundle } from './index.ts';

const shortWorld = (): Promise<World> => makeWorld({ validators: makeValidators('alone', 1), count: 3, index: 1 });

describe('verifyBundle', () => {
  it('accepts no bundle with a byte of its text changed outside hints', async () => {
    const world = await shortWorld();
    const bytes = encodeBundle(world.bundle);
    const trust = makeTrust(world);
    const text = new TextDecoder().decode(bytes);
    const hints = new TextEncoder().encode(text.slice(0, text.indexOf('"hints"'))).length;
    const hintsEnd = hints + JSON.stringify(world.bundle.hints).length + '"hints":'.length;
    const places = fc.nat(bytes.length - 1).filter((at) => at < hints || at >= hintsEnd);
    await fc.assert(
      fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = bytes.with(at, (bytes[at] ?? 0) ^ flip);
        const { verdict, exitCode } = await verifyBundle(changed, { trust });
        expect({ verdict, exitCode }, `byte ${at}`).to.deep.equal({ verdict: 'not-verified', exitCode: 1 });
      }),
      { numRuns: 1_500 },
    );
  }).timeout(300_000);

  it('does not mind hints', async () => {
    const world = await shortWorld();
    const file = { ...world.bundle, hints: { transaction: `0x${'0'.repeat(64)}` } };
    expect((await verifyBundle(encodeBundle(file), { trust: makeTrust(world) })).verdict).to.equal('verified');
  });

  it('tells the facts that were shown, and how far', async () => {
    const world = await makeWorld();
    const trust = canonicalBytes(makeTrust(world));
    const { facts, backing, notes } = await verifyBundle(encodeBundle(world.bundle), { trust });
    expect(backing).to.equal('seals');
    expect(facts?.interval).to.deep.equal({
      notBefore: '2026-11-22T06:00:00.000Z',
      anchoredAt: '2026-11-22T06:00:04.000Z',
      widthSeconds: '4',
      isProven: true,
    });
    expect(facts?.validators.map(({ organisation, sealed }) => [organisation, sealed])).to.deep.equal(
      [1, 2, 3, 4].map((office) => [`Office ${office}`, true]),
    );
    expect(facts?.trustFile?.sha256).to.match(/^[0-9a-f]{64}$/);
    expect(facts?.notRevokedAsOf?.number).to.equal('1500');
    expect(notes).to.deep.equal(['file-not-compared', 'times-stated-by-operator', 'hints-unverified']);
  });

  it('shows no interval where a check that it needs failed', async () => {
    const world = await makeWorld();
    const trust = makeTrust(await makeWorld({ validators: makeValidators('others', 4) }));
    const { facts, verdict } = await verifyBundle(encodeBundle(world.bundle), { trust });
    expect(verdict).to.equal('not-verified');
    expect(facts?.interval).to.equal(undefined);
    expect(facts?.validators).to.deep.equal([]);
    expect(facts?.notRevokedAsOf).to.equal(undefined);
  });

  it('calls an interval proven only if the block is sealed or on the node', async () => {
    const world = await makeWorld();
    const { facts, verdict } = await verifyBundle(encodeBundle(world.bundle));
    expect(verdict).to.equal('consistent');
    expect(facts?.interval?.isProven).to.equal(false);
    expect(facts?.notRevokedAsOf).to.equal(undefined);
  });

  it('takes the last number that a retired registry issued, and none after it', async () => {
    const world = await makeWorld();
    const [registry] = makeTrust(world).networks[0]?.registries ?? [];
    if (!registry) throw new RangeError('no registry');
    const codeWhenRetiredAt = async (throughNumber: bigint) => {
      const trust = makeTrust(world, { registries: [{ ...registry, throughNumber: String(throughNumber) }] });
      const { checks } = await verifyBundle(encodeBundle(world.bundle), { trust });
      return checks.flatMap((check) => (check.outcome === 'failed' ? [check.code] : []));
    };
    const number = BigInt(world.bundle.statement.number);
    expect(await codeWhenRetiredAt(number)).to.deep.equal([]);
    expect(await codeWhenRetiredAt(number - 1n)).to.deep.equal(['number-retired']);
  });

  it('with a highest age of nothing, takes a status of this second and refuses one of the last', async () => {
    const world = await makeWorld();
    const bytes = encodeBundle(world.bundle);
    const { facts } = await verifyBundle(bytes, { trust: makeTrust(world) });
    const at = Date.parse(facts?.notRevokedAsOf?.time ?? '');
    const verdictAt = async (ms: number) =>
      (await verifyBundle(bytes, { trust: makeTrust(world), maxStatusAgeSeconds: 0, now: new Date(ms) })).verdict;
    expect([await verdictAt(at), await verdictAt(at + 1_000)]).to.deep.equal(['verified', 'not-verified']);
  });

  it('refuses an age or a time that is not a number', async () => {
    const bytes = encodeBundle((await makeWorld()).bundle);
    for (const options of [
      { maxStatusAgeSeconds: Number.NaN },
      { maxStatusAgeSeconds: -1 },
      { now: new Date('soon') },
    ]) {
      const error = await verifyBundle(bytes, options).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(RangeError);
    }
  });

  it('answers any bytes with a report', async () => {
    const report = (bytes: Uint8Array): Promise<Report[]> =>
      Promise.all([verifyBundle(bytes), verifyAbsence(bytes), verifyBundle(bytes, { trust: bytes })]);
    const texts = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.json().map((json) => new TextEncoder().encode(json)),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (bytes) => {
        for (const { verdict, error } of await report(bytes)) {
          expect(verdict).to.equal('not-verified');
          expect(error?.code).to.be.a('string');
        }
      }),
      { numRuns: 500 },
    );
  });
});
