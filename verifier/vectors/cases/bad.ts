// Bundles and absence proofs that fail, one condition at a time: an honest world with one thing wrong in it.
// biome-ignore lint/style/noExcessiveLinesPerFile: one case after another reads better than spread over files
import { type Bundle, type CheckCode, type CheckName, type TrustedNetwork, toHex0x } from '../../src/index.ts';
import { type Case, changeExtra, changeHeader, changeSeals, otherForm } from '../support/case.ts';
import { makeValidators, seeded } from '../support/chain.ts';
import {
  headerAt,
  makeAbsence,
  makeTrust,
  makeWorld,
  NOW,
  revocationSlotOf,
  type World,
  type WorldSpec,
} from '../support/world.ts';
import { nodeOf, verified } from './good.ts';

type Failures = Partial<Record<CheckName, CheckCode>>;

export async function badCases(): Promise<Case[]> {
  return [
    ...(await content()),
    ...(await registry()),
    ...(await inclusion()),
    ...(await state()),
    ...(await headers()),
    ...(await times()),
    ...(await status()),
    ...(await nodes()),
    ...(await absences()),
  ];
}

async function content(): Promise<Case[]> {
  const world = await makeWorld();
  const { bundle } = world;
  const { manifest, sections = [] } = bundle;
  const noFiles = await makeWorld({ sections: ['work'] });
  if (!manifest) throw new RangeError('no manifest');
  const renamed = sections.map((section) => (section.name === 'work' ? { ...section, name: 'works' } : section));
  const retold = sections.map((section) => (section.name === 'work' ? { ...section, content: 'other' } : section));
  const shorter = { ...manifest, sections: manifest.sections.slice(0, 2) };
  const sm3 = await makeWorld({ restate: (statement) => ({ ...statement, sm3: 'a'.repeat(64) }) });
  return [
    bad(
      'other-file',
      'Another file than the listed one.',
      noChange(world),
      { file: 'file-mismatch' },
      { files: ['other.txt'] },
    ),
    bad(
      'one-file-of-two',
      'One of the two files handed in is not listed.',
      noChange(world),
      { file: 'file-mismatch' },
      {
        files: ['work.txt', 'other.txt'],
      },
    ),
    bad(
      'files-not-disclosed',
      'A file in hand, and a bundle that names none.',
      noChange(noFiles),
      { file: 'files-not-disclosed' },
      {
        files: ['work.txt'],
      },
    ),
    bad('section-unlisted', 'A section that the manifest does not list.', [world, { ...bundle, sections: renamed }], {
      sections: 'section-unlisted',
    }),
    bad('section-mismatch', 'A section with other content.', [world, { ...bundle, sections: retold }], {
      sections: 'section-mismatch',
    }),
    bad('manifest-mismatch', 'A manifest with a section less.', [world, { ...bundle, manifest: shorter }], {
      manifest: 'manifest-mismatch',
    }),
    bad('manifest-sm3-mismatch', 'A statement with an SM3 of something else.', noChange(sm3), {
      manifest: 'manifest-sm3-mismatch',
    }),
  ];
}

async function registry(): Promise<Case[]> {
  const world = await makeWorld();
  const trust = makeTrust(world);
  const [network] = trust.networks;
  const [registry] = network?.registries ?? [];
  if (!network || !registry) throw new RangeError('no registry');
  const withRegistry = (change: object) => ({ trust: makeTrust(world, { registries: [{ ...registry, ...change }] }) });
  const throughNumber = String(BigInt(world.bundle.statement.number) - 1n);
  const sets = { unknown: [set('5000', world.spec.validators)], later: [set('0', world.spec.validators.slice(1))] };
  const withSets = (validatorSets: TrustedNetwork['validatorSets']) => ({ trust: makeTrust(world, { validatorSets }) });
  const everywhere = (code: CheckCode): Failures => ({ seals: code, 'not-before': code, status: code });
  return [
    bad(
      'chain-unknown',
      'The trust file names another chain.',
      noChange(world),
      { statement: 'chain-unknown' },
      {
        trust: makeTrust(world, { chainId: '7789' }),
      },
    ),
    bad(
      'registry-unknown',
      'The trust file names another registry.',
      noChange(world),
      { statement: 'registry-unknown' },
      {
        ...withRegistry({ address: `0x${'1'.repeat(40)}` }),
      },
    ),
    bad(
      'number-retired',
      'The registry was retired one number before.',
      noChange(world),
      { statement: 'number-retired' },
      {
        ...withRegistry({ throughNumber }),
      },
    ),
    bad(
      'code-mismatch',
      'The trust file names other code.',
      noChange(world),
      { account: 'code-mismatch', status: 'code-mismatch' },
      {
        ...withRegistry({ codeHash: toHex0x(seeded('other code')) }),
      },
    ),
    bad(
      'header-before-registry',
      'The registry is younger than the block.',
      noChange(world),
      { header: 'header-before-registry' },
      {
        ...withRegistry({ fromBlock: '1204' }),
      },
    ),
    bad('validator-set-unknown', 'No validator set that early.', noChange(world), everywhere('validator-set-unknown'), {
      ...withSets(sets.unknown),
    }),
    bad(
      'validator-set-smaller',
      'The trust file names one validator less.',
      noChange(world),
      everywhere('validator-set-mismatch'),
      {
        ...withSets(sets.later),
      },
    ),
  ];
}

async function inclusion(): Promise<Case[]> {
  const world = await makeWorld();
  const { bundle } = world;
  const { path, index, count } = bundle.inclusion;
  const withInclusion = (change: object): [World, Bundle] => [
    world,
    { ...bundle, inclusion: { ...bundle.inclusion, ...change } },
  ];
  const [first = '', ...others] = path;
  const flipped = `${first.startsWith('0') ? '1' : '0'}${first.slice(1)}`;
  const fails = (code: CheckCode): Failures => ({ inclusion: code });
  return [
    bad(
      'count-mismatch',
      'A path for a batch of another size.',
      withInclusion({ count: count + 1 }),
      fails('count-mismatch'),
    ),
    bad(
      'index-out-of-range',
      'A place after the last leaf.',
      withInclusion({ index: count }),
      fails('index-out-of-range'),
    ),
    bad(
      'number-mismatch',
      'The place of another number.',
      withInclusion({ index: index + 1 }),
      fails('number-mismatch'),
    ),
    bad('path-short', 'A node missing from the path.', withInclusion({ path: others }), fails('path-length')),
    bad('path-long', 'A node too many.', withInclusion({ path: [...path, first] }), fails('path-length')),
    bad(
      'path-other-node',
      'Another node on the path.',
      withInclusion({ path: [flipped, ...others] }),
      fails('root-mismatch'),
    ),
    bad(
      'path-swapped',
      'Two nodes of the path swapped.',
      withInclusion({ path: path.toReversed() }),
      fails('root-mismatch'),
    ),
  ];
}

async function state(): Promise<Case[]> {
  const world = await makeWorld();
  const { anchor } = world.bundle;
  const withAnchor = (change: object): [World, Bundle] => [
    world,
    { ...world.bundle, anchor: { ...anchor, ...change } },
  ];
  const withBatch = (change: object) => withAnchor({ batch: { ...anchor.batch, ...change } });
  const absent = world.prove(toHex0x(seeded('an empty slot')), world.spec.anchor).storageProof;
  const other = `0x${'2'.repeat(40)}`;
  const elsewhere = world.state.proveAccount(other);
  const slot: Failures = { 'batch-slot': 'state-proof-invalid' };
  const account: Failures = { account: 'state-proof-invalid' };
  const emptied = await makeWorld({ isAnchored: false });
  const nowhere = await makeWorld({ hasAccount: false });
  return [
    bad('batch-absent', 'The registry has no such root.', noChange(emptied), { 'batch-slot': 'batch-absent' }),
    bad('batch-id', 'Another batch id.', withBatch({ id: '8' }), { 'batch-slot': 'batch-mismatch' }),
    bad(
      'batch-anchored-at',
      'Another time of anchoring.',
      withBatch({ anchoredAt: String(world.spec.anchor.anchoredAt - 1) }),
      {
        'batch-slot': 'batch-mismatch',
      },
    ),
    bad('slot-of-another', 'A storage proof of another slot.', withAnchor({ storageProof: absent }), slot),
    bad(
      'storage-node-missing',
      'The last storage node left out.',
      withAnchor({ storageProof: anchor.storageProof.slice(0, -1) }),
      slot,
    ),
    bad(
      'storage-node-unused',
      'A storage node too many.',
      withAnchor({ storageProof: [...anchor.storageProof, '0x80'] }),
      slot,
    ),
    bad(
      'storage-nodes-swapped',
      'Storage nodes out of order.',
      withAnchor({ storageProof: anchor.storageProof.toReversed() }),
      slot,
    ),
    bad(
      'account-node-missing',
      'The last account node left out.',
      withAnchor({ accountProof: anchor.accountProof.slice(0, -1) }),
      account,
    ),
    bad(
      'account-node-unused',
      'An account node too many.',
      withAnchor({ accountProof: [...anchor.accountProof, '0x80'] }),
      account,
    ),
    bad(
      'account-of-another',
      'The account proof of another address.',
      withAnchor({ accountProof: elsewhere }),
      account,
    ),
    bad('account-absent', 'There is no contract at the address.', noChange(nowhere), {
      account: 'account-absent',
      status: 'account-absent',
    }),
  ];
}

async function headers(): Promise<Case[]> {
  const world = await makeWorld();
  const { anchor, notBefore, statement } = world.bundle;
  const { sealers = world.spec.validators } = world.spec;
  const withHeader = (headerRlp: string): [World, Bundle] => [
    world,
    { ...world.bundle, anchor: { ...anchor, headerRlp } },
  ];
  const sealsOf = (change: Parameters<typeof changeSeals>[1]) => withHeader(changeSeals(anchor.headerRlp, change));
  const unreadable: Failures = { header: 'header-malformed' };
  const invalid: Failures = { seals: 'seal-invalid' };
  const stranger = makeValidators('stranger', 1);
  const withStranger = headerAt(
    { ...world.spec, sealers: [...sealers.slice(1), ...stranger] },
    world.spec.anchor,
    world.state.root,
  );
  const otherBefore = changeSeals(notBefore.headerRlp, (seals) => seals.slice(2));
  const unnamed = await makeWorld({
    restate: (leaf) => ({
      ...leaf,
      notBefore: { ...leaf.notBefore, block: String(Number(statement.notBefore.block) - 1) },
    }),
  });
  const unhashed = await makeWorld({
    restate: (leaf) => ({ ...leaf, notBefore: { ...leaf.notBefore, hash: toHex0x(seeded('other block')) } }),
  });
  const sixth = changeExtra(anchor.headerRlp, (extra) => [...extra, []]);
  const zeroNumber = changeHeader(anchor.headerRlp, (items) => items.with(8, Uint8Array.of(0, 1)));
  return [
    bad('header-no-rlp', 'An anchor header that is no RLP.', withHeader('0xf90342a09e'), unreadable),
    bad(
      'header-few-items',
      'An anchor header of fourteen items.',
      withHeader(changeHeader(anchor.headerRlp, (items) => items.slice(1))),
      unreadable,
    ),
    bad('header-leading-zero', 'A number with a leading zero.', withHeader(zeroNumber), unreadable),
    bad('extra-data-other-form', 'Six items of extra data.', withHeader(sixth), unreadable),
    bad(
      'seals-insufficient',
      'Two seals of four validators.',
      sealsOf((seals) => seals.slice(2)),
      { seals: 'seals-insufficient' },
    ),
    bad(
      'no-seals',
      'No seals at all.',
      sealsOf(() => []),
      { seals: 'seals-insufficient' },
    ),
    bad(
      'seal-repeated',
      'One seal twice.',
      sealsOf(([a, b, c]) => items(a, b, c, a)),
      invalid,
    ),
    bad(
      'seal-repeated-in-other-form',
      'One seal in both its forms.',
      sealsOf(([a, b, c]) => items(a, b, c, a && otherForm(a))),
      invalid,
    ),
    bad('seal-of-a-stranger', 'A quorum, and a stranger’s seal beside it.', withHeader(toHex0x(withStranger)), invalid),
    bad(
      'seal-short',
      'A seal of 64 bytes.',
      sealsOf((seals) => seals.map((one) => one.subarray(0, 64))),
      invalid,
    ),
    bad(
      'seal-is-a-list',
      'A list for a seal.',
      sealsOf((seals) => [[], ...seals]),
      invalid,
    ),
    bad(
      'seal-zero',
      'A seal of zeros.',
      sealsOf((seals) => [...seals, new Uint8Array(65)]),
      invalid,
    ),
    bad(
      'seals-too-many',
      'Sixty-five seals.',
      sealsOf(([one]) => items(...Array(65).fill(one))),
      invalid,
    ),
    bad(
      'not-before-seals',
      'A not-before block with two seals.',
      [world, { ...world.bundle, notBefore: { headerRlp: otherBefore } }],
      {
        'not-before': 'seals-insufficient',
      },
    ),
    bad(
      'not-before-no-rlp',
      'A not-before header that is no RLP.',
      [world, { ...world.bundle, notBefore: { headerRlp: '0x00' } }],
      {
        'not-before': 'header-malformed',
      },
    ),
    bad('not-before-other-block', 'The statement names another block number.', noChange(unnamed), {
      'not-before': 'not-before-block-mismatch',
    }),
    bad('not-before-other-hash', 'The statement names another block hash.', noChange(unhashed), {
      'not-before': 'not-before-hash-mismatch',
    }),
  ];
}

async function times(): Promise<Case[]> {
  const { spec } = await makeWorld();
  const { anchor, notBefore } = spec;
  const one: [string, string, Partial<WorldSpec>, CheckCode][] = [
    [
      'blocks-out-of-order',
      'Not-before and anchor in one block.',
      { notBefore: { ...notBefore, block: anchor.block } },
      'blocks-out-of-order',
    ],
    [
      'anchored-before-not-before',
      'Anchored before the not-before time.',
      { notBefore: { ...notBefore, time: anchor.time + 1 } },
      'times-out-of-order',
    ],
    [
      'anchored-after-block',
      'Anchored after the block’s own time.',
      { anchor: { ...anchor, anchoredAt: anchor.time + 1 } },
      'times-out-of-order',
    ],
    [
      'received-after-anchor',
      'Received 5.001 s after the anchoring.',
      { receivedAt: '2026-11-22T06:00:09.001Z' },
      'received-after-anchor',
    ],
  ];
  const cases: Case[] = [];
  for (const [name, about, choices, code] of one)
    cases.push(bad(name, about, noChange(await makeWorld(choices)), { 'time-order': code }));
  return cases;
}

async function status(): Promise<Case[]> {
  const world = await makeWorld();
  const { bundle, spec } = world;
  const revoked = await makeWorld({ revocation: BigInt(spec.status.time) | (5n << 64n) });
  const unknownReason = await makeWorld({ revocation: BigInt(spec.status.time) | (99n << 64n) });
  const early = await makeWorld({ status: { block: spec.anchor.block - 1, time: spec.anchor.time } });
  const none = await makeWorld({ hasStatus: false });
  const withStatus = (change: object): [World, Bundle] => [
    world,
    { ...bundle, status: { ...(bundle.status ?? bundle.anchor), ...change } },
  ];
  const cut = changeSeals(bundle.status?.headerRlp ?? '0x', (seals) => seals.slice(2));
  const fails = (code: CheckCode): Failures => ({ status: code });
  const age = Date.parse(NOW) / 1000 - spec.status.time;
  return [
    bad('revoked', 'Revoked by court order.', noChange(revoked), fails('revoked')),
    bad(
      'revoked-unknown-reason',
      'Revoked for a reason of a later version.',
      noChange(unknownReason),
      fails('revoked'),
    ),
    bad('status-before-anchor', 'A status older than the anchor.', noChange(early), fails('status-before-anchor')),
    bad('status-stale', 'A status a second too old.', noChange(world), fails('status-stale'), {
      maxStatusAgeSeconds: age - 1,
    }),
    bad('status-missing', 'An age was asked for, and there is no status.', noChange(none), fails('status-missing'), {
      maxStatusAgeSeconds: 60,
    }),
    bad(
      'status-header-no-rlp',
      'A status header that is no RLP.',
      withStatus({ headerRlp: '0xc0' }),
      fails('header-malformed'),
    ),
    bad('status-seals', 'A status header with two seals.', withStatus({ headerRlp: cut }), fails('seals-insufficient')),
    bad(
      'status-account',
      'A status with a broken account proof.',
      withStatus({ accountProof: ['0x80'] }),
      fails('state-proof-invalid'),
    ),
    bad(
      'status-storage',
      'A status with a broken storage proof.',
      withStatus({ storageProof: ['0x80'] }),
      fails('state-proof-invalid'),
    ),
  ];
}

async function nodes(): Promise<Case[]> {
  const world = await makeWorld();
  const node = nodeOf(world, 'qbft');
  const { [String(world.spec.anchor.block)]: _, ...otherBlocks } = node.blocks;
  const { [String(world.spec.notBefore.block)]: __, ...noNotBefore } = node.blocks;
  const slot = revocationSlotOf(world.spec, world.bundle.statement.number);
  const forked = { ...node.blocks, [String(world.spec.status.block)]: toHex0x(seeded('fork')) };
  return [
    bad(
      'node-chain-mismatch',
      'The node is on another chain.',
      noChange(world),
      { header: 'node-chain-mismatch' },
      {
        node: { ...node, chainId: '1' },
      },
    ),
    bad(
      'header-not-on-chain',
      'The node has no such block.',
      noChange(world),
      { header: 'header-not-on-chain' },
      {
        node: { ...node, blocks: otherBlocks },
      },
    ),
    bad(
      'not-before-not-on-chain',
      'The node does not have the not-before block.',
      noChange(world),
      { 'not-before': 'header-not-on-chain' },
      {
        node: { ...node, blocks: noNotBefore },
      },
    ),
    bad(
      'status-not-on-chain',
      'The node has another block for the status.',
      noChange(world),
      { status: 'header-not-on-chain' },
      {
        node: { ...node, blocks: forked },
      },
    ),
    bad(
      'revoked-since',
      'Revoked after the bundle was made; the node knows.',
      noChange(world),
      { status: 'revoked' },
      {
        node: { ...node, storage: { [slot]: '0x1' } },
      },
    ),
  ];
}

async function absences(): Promise<Case[]> {
  const world = await makeWorld();
  const { nextNumber } = world.spec;
  const empty = await makeWorld({ nextNumber: 0n });
  const one = (name: string, about: string, of: World, failed: Failures, file = makeAbsence(of, nextNumber)): Case => {
    return {
      name: `absence/${name}`,
      about,
      subject: 'absence',
      file,
      trust: makeTrust(world),
      verdict: 'not-verified',
      failed,
    };
  };
  const absence = makeAbsence(world, nextNumber);
  const headerRlp = changeSeals(absence.headerRlp, (seals) => seals.slice(2));
  return [
    one(
      'issued',
      'The number before the next one was issued.',
      world,
      { 'next-number': 'number-issued' },
      makeAbsence(world, nextNumber - 1n),
    ),
    one('uninitialised', 'A registry with no next number.', empty, { 'next-number': 'registry-uninitialised' }),
    one(
      'slot-of-another',
      'The proof of another slot.',
      world,
      { 'next-number': 'state-proof-invalid' },
      {
        ...absence,
        storageProof: world.bundle.anchor.storageProof,
      },
    ),
    one('seals-insufficient', 'Two seals of four.', world, { seals: 'seals-insufficient' }, { ...absence, headerRlp }),
    one(
      'header-malformed',
      'A header that is no RLP.',
      world,
      { header: 'header-malformed' },
      { ...absence, headerRlp: '0x01' },
    ),
  ];
}

/** A bundle that fails as stated under its own world's trust file. */
export function bad(
  name: string,
  about: string,
  [world, file]: [World, Bundle],
  failed: Failures,
  more: Partial<Case> = {},
): Case {
  return verified(`bad/${name}`, about, world, { file, verdict: 'not-verified', failed, ...more });
}

const noChange = (world: World): [World, Bundle] => [world, world.bundle];

const items = (...seals: (Uint8Array | undefined)[]): Uint8Array[] => seals.flatMap((seal) => seal ?? []);

function set(fromBlock: string, validators: WorldSpec['validators']): TrustedNetwork['validatorSets'][number] {
  return { fromBlock, validators: validators.map(({ address }) => ({ address })) };
}
