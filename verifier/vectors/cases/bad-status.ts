// What fails in the status, at a node, and in an absence proof.
import { type Bundle, type CheckCode, toHex0x } from '../../src/index.ts';
import { type Case, changeSeals } from '../support/case.ts';
import { seeded } from '../support/chain.ts';
import { makeAbsence, makeTrust, makeWorld, NOW, revocationSlotOf, type World } from '../support/world.ts';
import { bad, type Failures, noChange } from './bad-case.ts';
import { nodeOf } from './good.ts';

export async function status(): Promise<Case[]> {
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

export async function nodes(): Promise<Case[]> {
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

export async function absences(): Promise<Case[]> {
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
