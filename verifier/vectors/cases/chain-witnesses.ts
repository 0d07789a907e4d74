// Cases of version 2 that came after its first set: a second chain as witness, good ones, hints that do not count, and forgeries.
import {
  BUNDLE_MEDIA_TYPE_V2,
  type Bundle,
  type ChainWitness,
  type CheckCode,
  canonicalBytes,
  type TrustFile,
  toHex,
  type Witness,
} from '../../src/index.ts';
import { type Case, changeSeals } from '../support/case.ts';
import { makeValidators, seeded } from '../support/chain.ts';
import { CONTRACT, makeTrust, makeWorld, NOW, type World } from '../support/world.ts';
import {
  type ChainWitnessSpec,
  chainWitness,
  networkOf,
  SECOND,
  secondChain,
  trustWith,
} from '../witnesses/chain-witness.ts';

const OTHER_ROOT = toHex(seeded('another root'));
const OTHER_CONTRACT = `0x${'7'.repeat(40)}`;
const THIRD = secondChain('9901', 'third');
const LATEST = Date.parse(NOW) / 1000 + 300;

export async function chainWitnessCases(): Promise<Case[]> {
  const world = await makeWorld();
  return [
    ...good(world),
    ...hints(world),
    ...forgedStates(world),
    ...forgedBlocks(world),
    ...missing(world),
    ...unreadable(world),
  ];
}

const bundleOf = ({ bundle }: World, witnesses: readonly Witness[]): Bundle => ({
  ...bundle,
  mediaType: BUNDLE_MEDIA_TYPE_V2,
  witnesses,
});

const both = (world: World, required = 1): TrustFile => trustWith(world, [networkOf(SECOND)], required);

function good(world: World): Case[] {
  const passed = (name: string, about: string, witnesses: Witness[], trust = both(world)): Case => {
    return { name: `good/${name}`, about, file: bundleOf(world, witnesses), trust, verdict: 'verified', witnesses: OK };
  };
  const at = (choices: Partial<ChainWitnessSpec>) => [chainWitness(world, choices)];
  const start = world.spec.notBefore.time;
  const two = [...at({}), ...at({ chain: THIRD })];
  const trustInV1 = { ...makeTrust(world), networks: [...makeTrust(world).networks, networkOf(SECOND)] };
  return [
    passed('second-chain', 'A second chain has the root, and one witness is required.', at({})),
    passed('second-chain-v1-trust', 'A trust file of version 1 names networks too.', at({}), trustInV1),
    passed('second-chain-days-later', 'A proof at a much later block.', at({ block: 90_000, time: start + 7_000 })),
    passed('second-chain-at-not-before', 'At the second of the not-before block.', at({ time: start })),
    passed('second-chain-latest', 'As late as clocks may differ.', at({ time: LATEST })),
    passed('second-chain-first-block', 'At the block from which the registry is there.', at({ block: 100 })),
    passed('second-chain-quorum', 'Three of four validators sealed.', at({ sealers: SECOND.validators.slice(1) })),
    passed(
      'two-chains',
      'Two chains, and both are required.',
      two,
      trustWith(world, [networkOf(SECOND), networkOf(THIRD)], 2),
    ),
    passed('second-chain-beside-own', "Beside the proof's own chain, which does not count.", [own(world), ...at({})]),
    passed('second-chain-beside-unknown', 'Beside a chain that nobody named.', two),
  ];
}

const OK = 'passed';

/** The anchor of the proof itself, offered as its witness. */
function own({ bundle }: World, contract: string = CONTRACT): ChainWitness {
  const { headerRlp, accountProof, storageProof } = bundle.anchor;
  const { chainId } = bundle.statement.registry;
  return { kind: 'chain', chainId, contract, headerRlp, accountProof, storageProof };
}

/** No fault of the proof, and of no use to it. */
function hints(world: World): Case[] {
  const hint = (name: string, about: string, witnesses: Witness[], more: Partial<Case> = {}): Case => {
    const trust = both(world, 0);
    const result = { verdict: 'verified', witnesses: 'not-run witness-untrusted' } as const;
    return { name: `hint/${name}`, about, file: bundleOf(world, witnesses), trust, ...result, ...more };
  };
  const stranger = chainWitness(world, { chain: THIRD });
  const other: Witness = { ...chainWitness(world), contract: OTHER_CONTRACT };
  const empty = { ...stranger, headerRlp: '0x00', accountProof: ['0x80'], storageProof: ['0x80'] };
  const unsealed = trustWith(world, [networkOf(THIRD, { consensus: 'none', validatorSets: [] })], 0);
  const dependent = { witnesses: 'not-run witness-not-independent' };
  const { trust: _, ...untrusted } = hint('no-trust-file', 'Nobody says whose word it is.', [stranger]);
  return [
    hint('unknown-chain', 'A chain that the trust file does not name.', [stranger]),
    hint('unknown-contract', 'A contract that the trust file does not name on that chain.', [other]),
    hint('unsealed-network', 'A network whose blocks nobody seals.', [stranger], { trust: unsealed }),
    hint('unknown-and-empty', 'Nothing of an unknown chain is looked at.', [empty]),
    hint('own-chain', "The proof's own chain and registry.", [own(world)], dependent),
    hint(
      'own-chain-other-contract',
      "Another contract on the proof's own chain.",
      [own(world, OTHER_CONTRACT)],
      dependent,
    ),
    hint('own-chain-and-unknown', 'The own chain and an unknown one.', [own(world), stranger]),
    { ...untrusted, verdict: 'consistent', witnesses: 'not-run no-trust-file' },
  ];
}

const failing = (world: World, name: string, about: string, witness: Witness, code: CheckCode): Case => ({
  name: `forged/${name}`,
  about,
  file: bundleOf(world, [witness]),
  trust: both(world),
  verdict: 'not-verified',
  failed: { witnesses: code },
});

/** Proofs of some other state than that the named contract has a batch of this root and size. */
function forgedStates(world: World): Case[] {
  const forged = (name: string, about: string, choices: Partial<ChainWitnessSpec>, code: CheckCode): Case =>
    failing(world, name, about, chainWitness(world, choices), code);
  const changed = (name: string, about: string, change: Partial<ChainWitness>): Case =>
    failing(world, name, about, { ...sound, ...change }, 'state-proof-invalid');
  const sound = chainWitness(world);
  const { accountProof, storageProof } = sound;
  const { count } = world.spec;
  const away = { holder: OTHER_CONTRACT };
  return [
    forged(
      'other-root',
      "The slot of another batch's root.",
      { provenRoot: OTHER_ROOT, root: OTHER_ROOT },
      'state-proof-invalid',
    ),
    forged('root-absent', 'The contract never had this root.', { root: OTHER_ROOT }, 'witness-mismatch'),
    forged('other-count', 'A batch of another size under the root.', { count: count + 1 }, 'witness-mismatch'),
    forged(
      'not-a-batch',
      'A word that no batch has.',
      { word: (1n << 224n) | (BigInt(count) << 128n) },
      'witness-mismatch',
    ),
    forged('other-contract', 'The account of another contract.', away, 'state-proof-invalid'),
    forged('no-contract', 'No contract at this address.', { ...away, account: SECOND.contract }, 'account-absent'),
    forged('other-code', 'Another contract at this address.', { codeHash: `0x${'7'.repeat(64)}` }, 'code-mismatch'),
    changed('account-cut-short', 'The account proof without its last node.', {
      accountProof: accountProof.slice(0, -1),
    }),
    changed('storage-cut-short', 'The storage proof without its last node.', {
      storageProof: storageProof.slice(0, -1),
    }),
    changed('storage-longer', 'A node more than the path has.', { storageProof: [...storageProof, '0x80'] }),
  ];
}

/** Blocks that the second chain's validators did not make, or not then. */
function forgedBlocks(world: World): Case[] {
  const forged = (name: string, about: string, choices: Partial<ChainWitnessSpec>, code: CheckCode): Case =>
    failing(world, name, about, chainWitness(world, choices), code);
  const { validators, chainId } = SECOND;
  const strangers = makeValidators('strangers', 4);
  const foreign = { ...SECOND, validators: strangers };
  const sound = chainWitness(world);
  const stranger = chainWitness(world, { chain: THIRD });
  const doubled = changeSeals(sound.headerRlp, ([first, second]) => (first && second ? [first, second, first] : []));
  const start = world.spec.notBefore.time;
  const named = validators.map(({ address }) => ({ address }));
  return [
    forged('two-seals', 'Two of four validators sealed.', { sealers: validators.slice(2) }, 'seals-insufficient'),
    forged(
      'strange-seal',
      'A seal of somebody else.',
      { sealers: [...validators, ...strangers.slice(3)] },
      'seal-invalid',
    ),
    failing(world, 'doubled-seal', 'A validator sealed twice.', { ...sound, headerRlp: doubled }, 'seal-invalid'),
    forged('other-validators', 'Sealed by others, whom it names.', { chain: foreign }, 'validator-set-mismatch'),
    failing(
      world,
      'main-chain-renamed',
      "The proof's own chain under the second one's id.",
      { ...own(world), chainId, contract: SECOND.contract },
      'validator-set-mismatch',
    ),
    failing(
      world,
      'third-chain-renamed',
      "Another chain under the second one's id.",
      { ...stranger, chainId, contract: SECOND.contract },
      'validator-set-mismatch',
    ),
    {
      ...forged('before-validators', 'Before the first validators.', {}, 'validator-set-unknown'),
      trust: trustWith(world, [networkOf(SECOND, { validatorSets: [{ fromBlock: '5001', validators: named }] })]),
    },
    forged('before-registry', 'Before the registry was there.', { block: 99 }, 'header-before-registry'),
    failing(world, 'no-header', 'Something else than a header.', { ...sound, headerRlp: '0xc0' }, 'header-malformed'),
    forged('before-not-before', 'A second before the not-before block.', { time: start - 1 }, 'witness-time-order'),
    forged('in-future', 'Later than the time of verification.', { time: LATEST + 1 }, 'witness-in-future'),
    {
      ...failing(world, 'one-bad', 'A bad one behind a good one.', sound, 'seals-insufficient'),
      file: bundleOf(world, [sound, chainWitness(world, { chain: THIRD, sealers: [] })]),
      trust: trustWith(world, [networkOf(SECOND), networkOf(THIRD)]),
    },
  ];
}

function missing(world: World): Case[] {
  const short = (name: string, about: string, witnesses: Witness[], required = 1): Case => ({
    ...failing(world, name, about, chainWitness(world), 'witnesses-missing'),
    file: bundleOf(world, witnesses),
    trust: both(world, required),
  });
  const [network] = both(world).networks.slice(1);
  const registries = network?.registries.flatMap((one) => [one, { ...one, address: OTHER_CONTRACT }]) ?? [];
  const twin = { ...SECOND, contract: OTHER_CONTRACT };
  return [
    short('own-chain-required', "The proof's own chain, where one witness is required.", [own(world)]),
    short('unknown-chain-required', 'A chain that nobody named, where one is required.', [
      chainWitness(world, { chain: THIRD }),
    ]),
    {
      ...short('one-chain-twice', 'Two contracts on one chain are one witness.', [
        chainWitness(world),
        chainWitness(world, { chain: twin }),
      ]),
      trust: trustWith(world, [networkOf(SECOND, { registries })], 2),
    },
  ];
}

function unreadable(world: World): Case[] {
  const sound = chainWitness(world);
  const malformed = (name: string, about: string, file: Bundle | Uint8Array): Case => {
    return { name: `unreadable/${name}`, about, file, trust: both(world), verdict: 'not-verified', error: 'malformed' };
  };
  const changed = (witness: object): Uint8Array => canonicalBytes({ ...bundleOf(world, []), witnesses: [witness] });
  const { storageProof: _, ...short } = sound;
  return [
    malformed('chain-in-v1', 'Version 1 knows no chains.', { ...world.bundle, witnesses: [sound] }),
    malformed('chain-twice', 'One contract on one chain twice.', bundleOf(world, [sound, sound])),
    malformed('chain-with-token', 'A chain has no token.', changed({ ...sound, token: 'AAAA' })),
    malformed('chain-without-storage', 'Part of the proof is missing.', changed(short)),
    malformed('chain-zero', 'No chain has the id 0.', changed({ ...sound, chainId: '0' })),
    malformed('chain-in-capitals', 'An address in capitals.', changed({ ...sound, contract: CONTRACT.toUpperCase() })),
    malformed('no-kind', 'A kind that nobody knows.', changed({ ...sound, kind: 'chains' })),
    malformed('nine-chains', 'More than eight witnesses.', bundleOf(world, nine(world))),
  ];
}

const nine = (world: World): Witness[] =>
  Array.from({ length: 9 }, (_, at) => chainWitness(world, { chain: { ...SECOND, chainId: String(at + 1) } }));
