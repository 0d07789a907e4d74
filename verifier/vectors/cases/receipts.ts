// Receipts whose promise was kept, is open, or was broken.
import type { AbsenceProof } from '../../src/index.ts';
import { FIRST_NUMBER, makeAbsence, makeWorld, type World } from '../support/world.ts';
import { ANCHOR_BY, type ReceiptCase, receiptOf, trustOf } from './receipt-case.ts';
import { refusedReceipts } from './receipts-refused.ts';

const BEFORE_DUE = '2026-11-22T06:09:59.999Z';
const NEVER = FIRST_NUMBER + 1_000n;

export async function receiptCases(): Promise<ReceiptCase[]> {
  const world = await makeWorld();
  return [...(await kept(world)), ...open(world), ...(await broken(world)), ...refusedReceipts(world)];
}

async function kept(world: World): Promise<ReceiptCase[]> {
  const trust = trustOf(world);
  const proof = world.bundle;
  const one = { trust, verdict: 'kept', expected: 'passed' };
  const revoked = await makeWorld({ revocation: 1_790_000_000n | (1n << 64n) });
  return [
    { ...one, name: 'kept/bundle', about: 'The bundle of the number.', file: receiptOf(world), proof },
    {
      ...one,
      name: 'kept/before-due',
      about: 'Anchored before the promised time has come.',
      file: receiptOf(world),
      proof,
      now: BEFORE_DUE,
    },
    {
      ...one,
      name: 'kept/late',
      about: 'Anchored, later than promised.',
      file: receiptOf(world, { anchorBy: '2026-11-22T06:00:03.000Z' }),
      proof,
    },
    {
      ...one,
      name: 'kept/revoked',
      about: 'Anchored, and revoked later.',
      file: receiptOf(world),
      proof: revoked.bundle,
    },
    {
      ...one,
      name: 'kept/key-just-valid',
      about: 'Received at the first instant of the key.',
      file: receiptOf(world),
      proof,
      trust: trustOf(world, { from: world.spec.receivedAt }),
    },
  ];
}

function open(world: World): ReceiptCase[] {
  const trust = trustOf(world);
  const file = receiptOf(world);
  const never = receiptOf(world, { number: String(NEVER) });
  const [first = fail()] = world.statements;
  const tampered = {
    ...world.bundle,
    statement: { ...world.bundle.statement, sha256: first.sha256.replace(/^./, 'f') },
  };
  const due = { trust, verdict: 'due' };
  return [
    {
      name: 'open/pending',
      about: 'Nothing is due yet.',
      file,
      trust,
      now: BEFORE_DUE,
      verdict: 'pending',
      expected: 'not-run promise-not-due',
    },
    {
      name: 'open/on-time',
      about: 'The promised instant itself is in time.',
      file,
      trust,
      now: ANCHOR_BY,
      verdict: 'pending',
      expected: 'not-run promise-not-due',
    },
    {
      ...due,
      name: 'open/due',
      about: 'The time is over, and nothing shows what became of it.',
      file,
      expected: 'not-run promise-without-proof',
    },
    {
      ...due,
      name: 'open/absence-on-time',
      about: 'Absent at a block of the promised instant: not late yet.',
      file: never,
      proof: absenceAt(world, NEVER, 600),
      expected: 'not-run absence-too-early',
    },
    {
      name: 'open/absence-early',
      about: 'Absent, and not due.',
      file: never,
      proof: absenceAt(world, NEVER, 4),
      trust,
      now: BEFORE_DUE,
      verdict: 'pending',
      expected: 'not-run absence-too-early',
    },
    {
      ...due,
      name: 'open/other-number',
      about: 'The bundle of the next number.',
      file: receiptOf(world, { number: String(FIRST_NUMBER) }),
      proof: world.bundle,
      expected: 'not-run proof-unrelated',
    },
    {
      ...due,
      name: 'open/other-absence',
      about: 'Absence of another number.',
      file,
      proof: absenceAt(world, NEVER, 700),
      expected: 'not-run proof-unrelated',
    },
    {
      ...due,
      name: 'open/changed-bundle',
      about: 'A bundle with a changed digest shows nothing, least of all a broken promise.',
      file,
      proof: tampered,
      expected: 'not-run proof-not-verified',
    },
    {
      ...due,
      name: 'open/false-absence',
      about: 'An absence proof of a number that was issued.',
      file,
      proof: absenceAt(world, BigInt(world.bundle.statement.number), 700),
      expected: 'not-run proof-not-verified',
    },
  ];
}

async function broken(world: World): Promise<ReceiptCase[]> {
  const one = { trust: trustOf(world), verdict: 'broken' };
  const absent = 'failed promise-number-absent';
  const differs = 'failed promise-content-differs';
  const never = receiptOf(world, { number: String(NEVER) });
  const proof = world.bundle;
  return [
    {
      ...one,
      name: 'broken/absent',
      about: 'Not issued at the first second after the promised time.',
      file: never,
      proof: absenceAt(world, NEVER, 601),
      expected: absent,
    },
    {
      ...one,
      name: 'broken/digest',
      about: 'The number went to other content.',
      file: receiptOf(world, { sha256: '0'.repeat(64) }),
      proof,
      expected: differs,
    },
    {
      ...one,
      name: 'broken/kind',
      about: 'The number went to another kind.',
      file: receiptOf(world, { kind: 'registration' }),
      proof,
      expected: differs,
    },
    {
      ...one,
      name: 'broken/before-due',
      about: 'The number went to other content; waiting does not mend it.',
      file: receiptOf(world, { sha256: '0'.repeat(64) }),
      proof,
      now: BEFORE_DUE,
      expected: differs,
    },
  ];
}

/** Absence at a block of `seconds` after the world's first. */
const absenceAt = (world: World, number: bigint, seconds: number): AbsenceProof => ({
  ...makeAbsence(world, number),
  ...world.prove(world.spec.layout.nextNumberSlot, {
    block: 1_200 + seconds,
    time: world.spec.notBefore.time + seconds,
  }),
});

function fail(): never {
  throw new RangeError('the world is empty');
}
