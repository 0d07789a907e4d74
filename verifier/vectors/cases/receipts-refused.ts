// Receipts that are no promise of anybody named in the trust file, and files that are no receipts.
import { utf8 } from '../../src/index.ts';
import { signReceipt } from '../../src/receipts/index.ts';
import { seeded } from '../support/chain.ts';
import { FIRST_NUMBER, makeTrust, type World } from '../support/world.ts';
import { ANCHOR_BY, KEY, promised, type ReceiptCase, receiptOf, trustOf } from './receipt-case.ts';

/** The order of the group of Ed25519 (RFC 8032 §5.1). */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

export const refusedReceipts = (world: World): ReceiptCase[] => [...refused(world), ...unreadable(world)];

function refused(world: World): ReceiptCase[] {
  const file = receiptOf(world);
  const trust = trustOf(world);
  const stranger = signReceipt(promised(world), seeded('a stranger'));
  const one = { trust, proof: world.bundle, verdict: 'not-verified' };
  const invalid = { ...one, expected: 'failed receipt-signature-invalid' };
  const expired = { ...one, file, expected: 'failed receipt-key-not-valid' };
  const [network = fail()] = trust.networks;
  const inTrust = (change: object) => ({ ...trust, networks: [{ ...network, ...change }] });
  const [registry = fail()] = network.registries;
  const identity = `01${'0'.repeat(62)}`;
  return [
    {
      name: 'refused/no-trust-file',
      about: 'Anybody may have signed it.',
      file,
      proof: world.bundle,
      verdict: 'consistent',
      expected: 'not-run no-trust-file',
    },
    {
      ...one,
      name: 'refused/stranger',
      about: 'Signed by a key that the trust file does not name.',
      file: stranger,
      expected: 'failed receipt-key-unknown',
    },
    {
      ...one,
      name: 'refused/trust-v1',
      about: 'A trust file of version 1 names no keys.',
      file,
      trust: makeTrust(world),
      expected: 'failed receipt-key-unknown',
    },
    {
      ...expired,
      name: 'refused/key-expired',
      about: 'Received at the end of the key’s time.',
      trust: trustOf(world, { until: world.spec.receivedAt }),
    },
    {
      ...expired,
      name: 'refused/key-not-yet',
      about: 'Received a millisecond before the key’s time.',
      trust: trustOf(world, { from: '2026-11-22T06:00:01.124Z' }),
    },
    {
      ...invalid,
      name: 'refused/other-key-named',
      about: 'A stranger’s signature under the known key.',
      file: { ...stranger, key: KEY },
    },
    {
      ...invalid,
      name: 'refused/moved-time',
      about: 'The promised time was moved.',
      file: { ...file, anchorBy: '2036-11-22T06:10:00.000Z' },
    },
    {
      ...invalid,
      name: 'refused/other-number',
      about: 'The number was changed.',
      file: { ...file, number: String(FIRST_NUMBER) },
    },
    {
      ...invalid,
      name: 'refused/scalar-beyond-order',
      about: 'The same signature in its second form, S + L.',
      file: { ...file, signature: secondForm(file.signature) },
    },
    {
      ...invalid,
      name: 'refused/point-unreduced',
      about: 'A point R whose y is not below the prime.',
      file: { ...file, signature: `${'f'.repeat(62)}7f${file.signature.slice(64)}` },
    },
    {
      ...invalid,
      name: 'refused/key-of-small-order',
      about: 'A key under which one signature fits every message.',
      file: { ...file, key: identity, signature: identity + '0'.repeat(64) },
      trust: trustOf(world, { key: identity }),
    },
    {
      ...one,
      name: 'refused/in-future',
      about: 'Received later than now.',
      file,
      now: '2026-11-22T05:50:00.000Z',
      expected: 'failed receipt-in-future',
    },
    {
      ...one,
      name: 'refused/chain-unknown',
      about: 'Another chain.',
      file: receiptOf(world, { registry: { ...file.registry, chainId: '7789' } }),
      expected: 'failed chain-unknown',
    },
    {
      ...one,
      name: 'refused/registry-unknown',
      about: 'Another registry.',
      file: receiptOf(world, { registry: { ...file.registry, contract: `0x${'1'.repeat(40)}` } }),
      expected: 'failed registry-unknown',
    },
    {
      ...one,
      name: 'refused/number-retired',
      about: 'The registry was retired before the number.',
      file,
      trust: inTrust({ registries: [{ ...registry, throughNumber: String(FIRST_NUMBER) }] }),
      expected: 'failed number-retired',
    },
  ];
}

function unreadable(world: World): ReceiptCase[] {
  const file = receiptOf(world);
  const one = { trust: trustOf(world), verdict: 'not-verified' };
  const malformed = { ...one, expected: 'malformed' };
  const { signature, ...unsigned } = file;
  return [
    {
      ...one,
      name: 'unreadable/laid-out',
      about: 'Laid out for people.',
      file: utf8(JSON.stringify(file, null, 2)),
      expected: 'not-canonical',
    },
    { ...one, name: 'unreadable/not-json', about: 'Cut short.', file: utf8('{"anchorBy":'), expected: 'not-json' },
    {
      ...one,
      name: 'unreadable/media-type',
      about: 'A later version.',
      file: { ...file, mediaType: file.mediaType.replace('v=1', 'v=2') },
      expected: 'unknown-media-type',
    },
    { ...malformed, name: 'unreadable/unsigned', about: 'No signature.', file: unsigned },
    { ...malformed, name: 'unreadable/more', about: 'A member that no rule allows.', file: { ...file, note: 'x' } },
    { ...malformed, name: 'unreadable/kind', about: 'No such kind.', file: { ...file, kind: 'receipt' } },
    {
      ...malformed,
      name: 'unreadable/number',
      about: 'A number with a leading zero.',
      file: { ...file, number: `0${file.number}` },
    },
    {
      ...malformed,
      name: 'unreadable/upper-case',
      about: 'A signature in upper case.',
      file: { ...file, signature: `A${signature.slice(1)}` },
    },
    {
      ...malformed,
      name: 'unreadable/short',
      about: 'A signature of 63 bytes.',
      file: { ...file, signature: signature.slice(2) },
    },
    { ...malformed, name: 'unreadable/key', about: 'A key behind 0x.', file: { ...file, key: `0x${KEY.slice(2)}` } },
    {
      ...malformed,
      name: 'unreadable/no-time',
      about: 'Promised for the instant of receiving.',
      file: receiptOf(world, { anchorBy: world.spec.receivedAt }),
    },
    {
      ...one,
      name: 'unreadable/trust',
      about: 'A trust file that lists the key twice.',
      file,
      trust: {
        ...trustOf(world),
        receiptKeys: [
          { key: KEY, from: ANCHOR_BY },
          { key: KEY, from: ANCHOR_BY },
        ],
      },
      verdict: 'undecided',
      expected: 'trust-malformed',
    },
  ];
}

/** S is 32 bytes, least significant first. */
function secondForm(signature: string): string {
  const reversed = (hex: string) => (hex.match(/../g) ?? []).reverse().join('');
  const scalar = BigInt(`0x${reversed(signature.slice(64))}`) + ORDER;
  return signature.slice(0, 64) + reversed(scalar.toString(16).padStart(64, '0'));
}

function fail(): never {
  throw new RangeError('the world is empty');
}
