// The released vectors of receipts, and that no changed receipt is ever taken for the operator's word.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalBytes, readJson, TRUST_CODES, utf8 } from '../src/index.ts';
import {
  encodeReceipt,
  parseReceipt,
  RECEIPT_CHECK_NAMES,
  RECEIPT_CODES,
  RECEIPT_REASONS,
  RECEIPT_VERDICTS,
  type ReceiptReport,
  verifyReceipt,
} from '../src/receipts/index.ts';
import { mutationsOf } from './support/mutations.ts';
import { makeReceiptVectors, type ReceiptEntry, receiptResults } from './support/receipts.ts';

const FOLDER = new URL('./receipts/', import.meta.url);
const read = (name: string): Buffer => readFileSync(new URL(name, FOLDER));
const { cases }: { cases: ReceiptEntry[] } = JSON.parse(read('index.json').toString());

describe('vectors of receipts', () => {
  for (const entry of cases) {
    it(`${entry.name}: ${entry.error ?? entry.verdict}`, async () => {
      const report = await judge(entry, read(entry.file));
      expect(report.verdict).to.equal(entry.verdict);
      expect(report.exitCode).to.equal(entry.exitCode);
      expect(report.error?.code).to.equal(entry.error);
      expect(receiptResults(report)).to.deep.equal(entry.checks);
      expect(Object.keys(entry.checks)).to.deep.equal([...RECEIPT_CHECK_NAMES]);
    });
  }

  it('are what their cases make', async () => {
    for (const [name, bytes] of await makeReceiptVectors()) expect(read(name).equals(bytes), name).to.equal(true);
  });

  it('hit every verdict, code and reason of receipts', () => {
    const hit = new Set(cases.flatMap(({ checks, verdict }) => [verdict, ...Object.values(checks).map(codeOf)]));
    const all = [...RECEIPT_VERDICTS, ...RECEIPT_CODES, ...RECEIPT_REASONS];
    expect(all.filter((one) => !hit.has(one))).to.deep.equal([]);
  });

  it('when a promise was kept › state when, and whether that was late', async () => {
    const onTime = caseOf('kept/bundle');
    const { facts } = await judge(onTime, read(onTime.file));
    expect(facts).to.include({ anchoredAt: '2026-11-22T06:00:04.000Z', isLate: false });
    expect(facts?.beijing.anchorBy).to.equal('2026-11-22T14:10:00.000+08:00');
    const late = caseOf('kept/late');
    expect((await judge(late, read(late.file))).facts?.isLate).to.equal(true);
  });
});

describe('a receipt with a changed member', () => {
  const entry = caseOf('kept/bundle');

  it('is never taken for the promise', async () => {
    let count = 0;
    for (const { value } of mutationsOf(readJson(read(entry.file)), '$', [])) {
      count += 1;
      const report = await judge(entry, canonicalBytes(value));
      expect(report.verdict, JSON.stringify(value)).to.equal('not-verified');
    }
    expect(count).to.be.above(50);
  });

  it('is never taken for the promise when any one byte of its file differs', async () => {
    const bytes = read(entry.file);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (place, flip) => {
        const changed = Uint8Array.from(bytes).with(place, (bytes[place] ?? 0) ^ flip);
        expect((await judge(entry, changed)).verdict, `byte ${place}`).to.equal('not-verified');
      }),
      { numRuns: 150 },
    );
  }).timeout(60_000);
});

describe('encodeReceipt', () => {
  it('gives the bytes that were read', () => {
    const bytes = read(caseOf('kept/bundle').file);
    expect(utf8(bytes.toString())).to.deep.equal(encodeReceipt(parseReceipt(bytes)));
  });
});

describe('verifyReceipt', () => {
  it('when the trust file cannot be used › decides nothing, whatever the receipt is', async () => {
    const report = await verifyReceipt(utf8('{}'), { trust: utf8('{}') });
    expect(TRUST_CODES).to.include(report.error?.code);
    expect([report.verdict, report.exitCode]).to.deep.equal(['undecided', 2]);
  });
});

function caseOf(name: string): ReceiptEntry {
  const entry = cases.find((each) => each.name === name);
  if (!entry) throw new RangeError(`no case ${name}`);
  return entry;
}

const codeOf = (result: string): string => result.split(' ')[1] ?? result;

const judge = ({ trust, proof, now }: ReceiptEntry, bytes: Uint8Array): Promise<ReceiptReport> =>
  verifyReceipt(bytes, {
    now: new Date(now),
    ...(trust !== undefined && { trust: read(trust) }),
    ...(proof !== undefined && { proof: read(proof) }),
  });
