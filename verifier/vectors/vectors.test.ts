import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { CHECK_CODES, NOT_RUN_REASONS, READING_CODES, TRUST_CODES } from '../src/index.ts';
import {
  CORRECTIONS,
  corrected,
  type IndexEntry,
  makeVectors,
  resultText,
  SETS,
  SUPERSEDED,
  verifyCase,
} from './support/vectors.ts';

const folderOf = (set: string): URL => new URL(`./${set}/`, import.meta.url);
const released = SETS.flatMap((set) => {
  const { cases }: { cases: IndexEntry[] } = JSON.parse(readFileSync(new URL('index.json', folderOf(set)), 'utf8'));
  return cases.map((entry) => ({ ...entry, set }));
});
const cases = released.map(corrected);
const { cases: casesOfV2 }: { cases: IndexEntry[] } = JSON.parse(
  readFileSync(new URL('index.json', folderOf('v2')), 'utf8'),
);

describe('vectors of version 1', () => {
  const verify = (entry: (typeof cases)[number]) => {
    const read = (name: string): Buffer => readFileSync(new URL(name, folderOf(entry.set)));
    const one = { ...entry, files: entry.files.map((name) => name.replace('files/', '')) };
    return verifyCase(one, read(entry.file), entry.trust === undefined ? undefined : read(entry.trust));
  };

  for (const entry of cases.filter(({ name }) => !SUPERSEDED.some((later) => later.name === name))) {
    it(`${entry.name}: ${entry.error ?? entry.verdict}`, async () => {
      const report = await verify(entry);
      expect(report.verdict).to.equal(entry.verdict);
      expect(report.exitCode).to.equal(entry.exitCode);
      expect(report.error?.code).to.equal(entry.error);
      const results = Object.fromEntries(report.checks.map((check) => [check.name, resultText(check)]));
      expect(results).to.deep.equal(entry.checks);
      expect(Object.keys(results)).to.deep.equal(Object.keys(entry.checks));
    });
  }

  it('are corrected by name, and only ever towards less trust', () => {
    expect(CORRECTIONS).to.have.length.above(0);
    for (const { name, verdict, exitCode } of CORRECTIONS) {
      const before = released.find((entry) => entry.name === name);
      expect(before, name).to.include({ verdict: 'verified', exitCode: 0 });
      expect({ verdict, exitCode }, name).to.not.include({ verdict: 'verified' }).and.not.include({ exitCode: 0 });
    }
  });

  for (const { name, verdict, exitCode } of SUPERSEDED)
    it(`${name}: ${verdict} since a later version, and not verified`, async () => {
      const entry = cases.find((one) => one.name === name);
      if (!entry) throw new RangeError(`no released case ${name}`);
      expect(await verify(entry))
        .to.include({ verdict, exitCode })
        .and.not.include({ exitCode: 0 });
    });

  it('hit every code and every reason, together with those of version 2', () => {
    const hit = new Set(
      [...cases, ...casesOfV2].flatMap(({ error, checks }) => [
        error,
        ...Object.values(checks).map((one) => one.split(' ')[1]),
      ]),
    );
    const missed = [...READING_CODES, ...TRUST_CODES, ...CHECK_CODES, ...NOT_RUN_REASONS].filter(
      (code) => !hit.has(code),
    );
    expect(missed).to.deep.equal([]);
  });

  it('hold at least twelve forgeries, none of them accepted', () => {
    const forged = cases.filter(({ name }) => name.startsWith('forged/'));
    expect(forged.length).to.be.at.least(12);
    expect(forged.filter(({ exitCode }) => exitCode !== 1)).to.deep.equal([]);
  });

  for (const set of SETS) {
    it(`are what the generator writes, and nothing else: ${set}`, async () => {
      const { files } = await makeVectors(set);
      const folder = folderOf(set);
      const kept = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect(kept.length).to.equal(files.size);
      for (const [name, bytes] of files) {
        expect(readFileSync(new URL(name, folder)).equals(bytes), name).to.equal(true);
      }
    }).timeout(60_000);
  }
});
