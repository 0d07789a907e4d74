// What fails in the state proofs, the headers and the times of a bundle.
import { type Bundle, type CheckCode, toHex0x } from '../../src/index.ts';
import { type Case, changeExtra, changeHeader, changeSeals, otherForm } from '../support/case.ts';
import { makeValidators, seeded } from '../support/chain.ts';
import { headerAt, makeWorld, type World, type WorldSpec } from '../support/world.ts';
import { bad, type Failures, items, noChange } from './bad-case.ts';

export async function state(): Promise<Case[]> {
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

export async function headers(): Promise<Case[]> {
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

export async function times(): Promise<Case[]> {
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
