// The released vectors of version 2, what `openssl ts` says of their tokens, and that no changed token is ever accepted.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fromHex, parseBundle, parseTrustFile, type Report, verifyBundle } from '../src/index.ts';
import { type IndexEntry, resultText } from './support/vectors.ts';
import { acceptedOf, changesOf, tokenOf } from './witnesses/changes.ts';
import { hasOpenssl, opensslVerifies } from './witnesses/openssl.ts';

const FOLDER = new URL('./v2/', import.meta.url);
const read = (name: string): Buffer => readFileSync(new URL(name, FOLDER));
const { cases }: { cases: IndexEntry[] } = JSON.parse(read('index.json').toString());
const WITNESS_RESULTS = [
  'failed witness-malformed',
  'failed witness-mismatch',
  'failed witness-signature-invalid',
  'failed witness-time-order',
  'failed witness-in-future',
  'failed witnesses-missing',
  'not-run witness-untrusted',
  'not-run witness-unsupported',
  'not-run no-witnesses',
  'not-run no-trust-file',
];

describe('vectors of version 2', () => {
  for (const entry of cases) {
    it(`${entry.name}: ${entry.error ?? entry.checks.witnesses}`, async () => {
      const report = await judge(entry);
      expect(report.verdict).to.equal(entry.verdict);
      expect(report.exitCode).to.equal(entry.exitCode);
      expect(report.error?.code).to.equal(entry.error);
      expect(Object.fromEntries(report.checks.map((check) => [check.name, resultText(check)]))).to.deep.equal(
        entry.checks,
      );
    });
  }

  it('hold at least twenty-five forged tokens, and accept none', () => {
    const forged = cases.filter(({ name }) => name.startsWith('forged/'));
    expect(forged.length).to.be.at.least(25);
    expect(forged.filter(({ checks }) => checks.witnesses === 'passed')).to.deep.equal([]);
  });

  it('hit every result of the check', () => {
    const hit = new Set(cases.map(({ checks }) => checks.witnesses));
    expect(WITNESS_RESULTS.filter((result) => !hit.has(result))).to.deep.equal([]);
  });

  it('state when the earliest trusted authority had seen the batch', async () => {
    const { facts } = await judge(caseOf('good/fraction'));
    expect(facts).to.include({ witnessedNoLaterThan: '2026-11-22T06:00:05.250Z' });
    expect(facts?.beijing.witnessedNoLaterThan).to.equal('2026-11-22T14:00:05.250+08:00');
    const untrusted = await judge(caseOf('trust/other-authority'));
    expect(untrusted.facts).to.not.have.property('witnessedNoLaterThan');
  });
});

const describeOpenssl = hasOpenssl() ? describe : describe.skip;
describeOpenssl('openssl ts -verify', () => {
  for (const entry of cases.filter(({ checks }) => checks.witnesses === 'passed')) {
    it(`${entry.name} › takes each token over the 32 bytes of the root`, () => {
      const { anchor, witnesses = [] } = parseBundle(read(entry.file));
      const { timestampAuthorities } = parseTrustFile(read(entry.trust ?? ''));
      const stamps = witnesses.flatMap((one) => (one.kind === 'rfc3161' ? [Buffer.from(one.token, 'base64')] : []));
      const trusted = stamps.filter((token) =>
        opensslVerifies(token, fromHex(anchor.batch.root), timestampAuthorities, new Date('2026-11-30T00:00:00Z')),
      );
      // One case holds a stranger's token beside a trusted one.
      expect(trusted.length).to.equal(entry.name === 'trust/one-of-two' ? 1 : stamps.length);
    });
  }
});

describe('a token with changed bytes', () => {
  it('is never accepted (a sample; the long run tries every byte)', async () => {
    const sample = [...changesOf(tokenOf('good/openssl-ecdsa'))].filter((_, at) => at % 29 === 0);
    expect(await acceptedOf('good/openssl-ecdsa', sample)).to.deep.equal([]);
  }).timeout(60_000);
});

function caseOf(name: string): IndexEntry {
  const entry = cases.find((each) => each.name === name);
  if (!entry) throw new RangeError(`no case ${name}`);
  return entry;
}

const judge = ({ file, trust, now }: IndexEntry): Promise<Report> =>
  verifyBundle(read(file), { now: new Date(now), ...(trust !== undefined && { trust: read(trust) }) });
