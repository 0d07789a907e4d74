// SPDX-License-Identifier: Apache-2.0
// A thousand bundles of twenty batch sizes, with and without each thing that may be absent, good ones and bad ones;
// beside every fifth of them an absence proof of the same registry.
import {
  type Bundle,
  canonicalBytes,
  ENTRY_KINDS,
  encodeBundle,
  type FileDigest,
  sha256,
  type TrustFile,
  toHex,
} from '@inkseal/verifier';
import { makeValidators, seeded, type Validator } from '../../../verifier/vectors/support/chain.ts';
import {
  FILE_CONTENT,
  FILE_SM3,
  makeAbsence,
  makeTrust,
  makeWorld,
  NOW,
  type World,
  type WorldSpec,
} from '../../../verifier/vectors/support/world.ts';
import type { Question } from './checkers.ts';
import { makeRandom, type Random } from './random.ts';

/** One, two, three, and the neighbours of powers of two. */
export const BATCH_SIZES = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 65, 127, 129, 255, 257, 1023, 1025];
export const BUNDLES_PER_SIZE = 50;

const [ADD, REMOVE, REMOVE_AS_INTEGER] = [Uint8Array.of(0xff), Uint8Array.of(0), new Uint8Array()];

const POOL = makeValidators('agreement', 7);

/** `perSize` bundles of every size, the first of the fifty. */
export async function* bundleQuestions(perSize = BUNDLES_PER_SIZE): AsyncGenerator<Question> {
  for (const count of BATCH_SIZES) {
    for (let variant = 0; variant < perSize; variant++) {
      const random = makeRandom(count * 1_000 + variant);
      const name = `batch of ${count}, variant ${variant}`;
      const world = await makeWorld({ count, index: random.below(count), ...chooseWorld(random) });
      const trust = chooseTrust(world, random);
      const asked = { ...(trust && { trust: canonicalBytes(trust) }), now: NOW };
      const bundle = chooseParts(world.bundle, random);
      yield { ...asked, name, subject: 'bundle', bytes: encodeBundle(bundle), ...chooseOptions(bundle, random) };
      if (variant % 5 > 0) continue;
      const number = world.spec.nextNumber + BigInt(random.below(4)) - 1n;
      yield { ...asked, name: `${name}, absence`, subject: 'absence', bytes: encodeBundle(makeAbsence(world, number)) };
    }
  }
}

function chooseWorld(random: Random): Partial<WorldSpec> {
  const validators = POOL.slice(0, random.pick([1, 1, 2, 3, 4, 4, 5, 7]));
  const notBefore = { block: 1_200, time: 1_795_327_200 };
  const anchored = notBefore.time + random.pick([0, 1, 4, 900]);
  const anchor = { block: 1_200 + random.pick([1, 3, 70_000]), time: anchored + random.below(2), anchoredAt: anchored };
  return {
    validators,
    consensus: random.once(3) ? 'none' : 'qbft',
    sealers: chooseSealers(validators, random),
    round: random.pick([0, 0, 1, 255, 256, 2 ** 32 - 1]),
    vote: random.pick([[], [], [seeded('candidate').subarray(12), random.pick([ADD, REMOVE, REMOVE_AS_INTEGER])]]),
    moreItems: random.pick([[], [], [Uint8Array.of(7)], [seeded('withdrawals'), [Uint8Array.of(1), []]]]),
    firstNumber: random.pick([1n, 100_000_000_000_000_001n, 2n ** 64n - 2_000n]),
    batchId: random.pick([1n, 7n, 2n ** 64n - 1n]),
    kind: random.pick(ENTRY_KINDS),
    hasSm3: !random.once(3),
    sections: random.pick([[], ['files'], ['work'], ['files', 'work'], ['files', 'work', 'party:1'], ['party:1']]),
    hasManifest: !random.once(4),
    hasStatus: !random.once(3),
    revocation: random.once(20) ? BigInt(anchored) | (BigInt(random.below(9)) << 64n) : 0n,
    nextNumber: random.once(20) ? 0n : 2n ** 63n,
    hasAccount: !random.once(30),
    isAnchored: !random.once(30),
    notBefore,
    anchor,
    status: {
      block: anchor.block + (random.once(20) ? -1 : random.pick([0, 1, 300])),
      time: anchor.time + random.pick([0, 5_000]),
    },
    receivedAt: new Date(anchored * 1000 + (random.once(20) ? 5_001 : random.pick([-3_000, 0, 5_000]))).toISOString(),
  };
}

function chooseSealers(validators: readonly Validator[], random: Random): readonly Validator[] {
  if (random.once(10)) return validators.slice(1);
  if (random.once(20)) return [...validators.slice(1), ...POOL.slice(-1)];
  if (random.once(20)) return [...validators, ...validators.slice(0, 1)];
  return validators.slice(0, Math.ceil((2 * validators.length) / 3) + random.below(3));
}

function chooseTrust(world: World, random: Random): TrustFile | undefined {
  if (random.once(6)) return undefined;
  const trust = makeTrust(world);
  const [network] = trust.networks;
  const [registry] = network?.registries ?? [];
  if (!network || !registry) throw new RangeError('no network');
  const withRegistry = (change: Partial<typeof registry>): TrustFile =>
    makeTrust(world, { registries: [{ ...registry, ...change }] });
  const { validators } = network.validatorSets[0] ?? { validators: [] };
  const isSealed = network.consensus === 'qbft';
  const later = { fromBlock: String(world.spec.anchor.block), validators: validators.toReversed() };
  return random.pick([
    ...Array.from({ length: 40 }, () => trust),
    makeTrust(world, { chainId: '1' }),
    withRegistry({ address: `0x${'7'.repeat(40)}` }),
    withRegistry({ codeHash: `0x${'7'.repeat(64)}` }),
    withRegistry({ batchesSlot: registry.revocationsSlot }),
    withRegistry({ fromBlock: String(world.spec.anchor.block + random.below(2)) }),
    withRegistry({ throughNumber: String(BigInt(world.bundle.statement.number) - BigInt(random.below(2))) }),
    makeTrust(world, isSealed ? { validatorSets: [{ fromBlock: '1201', validators }] } : {}),
    makeTrust(world, isSealed ? { validatorSets: [{ fromBlock: '0', validators }, later] } : {}),
    makeTrust(world, { consensus: isSealed ? 'none' : 'qbft', validatorSets: isSealed ? [] : [later] }),
  ]);
}

function chooseParts(bundle: Bundle, random: Random): Bundle {
  const { hints, ...required } = bundle;
  const token = Buffer.from(seeded('token')).toString('base64');
  return {
    ...required,
    ...(!random.once(3) && { hints: hints ?? {} }),
    ...(random.once(5) && { witnesses: [{ kind: 'rfc3161' as const, token }] }),
  };
}

function chooseOptions({ sections }: Bundle, random: Random): Pick<Question, 'files' | 'maxStatusAgeSeconds'> {
  const isDisclosed = sections?.some(({ name }) => name === 'files') ?? false;
  const file: FileDigest = { size: FILE_CONTENT.length, sha256: toHex(sha256(FILE_CONTENT)), sm3: FILE_SM3 };
  const { sm3: _, ...withoutSm3 } = file;
  const other = { ...file, sha256: toHex(sha256(seeded('another file'))) };
  const wrong = random.pick([[other], [file, other], [{ ...file, size: file.size + 1 }]]);
  const files = random.once(15) ? wrong : isDisclosed ? random.pick([[], [file], [withoutSm3], [file, file]]) : [];
  return { files, ...(random.once(8) && { maxStatusAgeSeconds: random.pick([0, 3_600, 100_000, 100_000]) }) };
}
