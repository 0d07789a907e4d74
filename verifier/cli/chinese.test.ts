import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import {
  CHECK_CODES,
  CHECK_NAMES,
  ENTRY_KINDS,
  type JsonValue,
  NOT_RUN_REASONS,
  PACKAGE_CODES,
  READING_CODES,
  type Report,
  readJson,
  TRUST_CODES,
  verifyBundle,
} from '../src/index.ts';
import { RECEIPT_CODES, RECEIPT_REASONS, verifyReceipt } from '../src/receipts/index.ts';
import { run, vector } from '../vectors/support/command.ts';
import { mutationsOf } from '../vectors/support/mutations.ts';
import type { ReceiptEntry } from '../vectors/support/receipts.ts';
import { type IndexEntry, SETS, verifyCase } from '../vectors/support/vectors.ts';
import { chinese } from './messages.zh.ts';
import { renderReport } from './render.ts';
import { renderReceipt } from './render-receipt.ts';

const folderOf = (set: string): URL => new URL(`../vectors/${set}/`, import.meta.url);
const released = SETS.flatMap((set) => {
  const { cases }: { cases: IndexEntry[] } = JSON.parse(readFileSync(new URL('index.json', folderOf(set)), 'utf8'));
  return cases.map((entry) => ({ ...entry, read: (name: string) => readFileSync(new URL(name, folderOf(set))) }));
});
type Released = (typeof released)[number];

/** Codes, and what has no Chinese name: digests, formats, members of our files. */
const CODES = [...CHECK_CODES, ...READING_CODES, ...TRUST_CODES, ...PACKAGE_CODES, ...NOT_RUN_REASONS];
const NAMES = /SHA-256|SHA256SUMS|SM3|JSON|RLP|MiB|UTF-8|UTC|base64|PEM|qbft|fromBlock|extraData|verify\.html|\bB\b/g;
const RECEIPTS = [...RECEIPT_CODES, ...RECEIPT_REASONS];
/** Values of members that a fault of form lists. */
const VALUES = [...ENTRY_KINDS, 'none', 'work', 'party:1', 'rfc3161', 'renewal', 'chain'];
const MEMBERS =
  /\$[\w.[\]]*|\b0x[0-9a-f]*|\b[0-9a-f]{8,}\b|--[a-z][a-z-]*|@?inkseal[/-]verif\w*|application\/[\w.+;=-]+/g;

describe('a Chinese report', () => {
  const folder = temporaryFolder();

  it('when any vector is verified › holds neither English nor half-width punctuation', async () => {
    const faults: string[] = [];
    for (const entry of released) {
      const report = await reportOf(entry);
      faults.push(
        ...faultsOf(renderReport(report, chinese), ownNames(report)).map((fault) => `${entry.name}: ${fault}`),
      );
    }
    expect(faults).to.deep.equal([]);
  }).timeout(60_000);

  it('when any receipt is verified › holds neither English nor half-width punctuation', async () => {
    const folder = new URL('../vectors/receipts/', import.meta.url);
    const read = (name: string) => readFileSync(new URL(name, folder));
    const { cases }: { cases: ReceiptEntry[] } = JSON.parse(read('index.json').toString());
    const faults: string[] = [];
    for (const { name, file, trust, proof, now } of cases) {
      const named = { ...(trust && { trust: read(trust) }), ...(proof && { proof: read(proof) }) };
      const report = await verifyReceipt(read(file), { ...named, now: new Date(now) });
      const own = [report.facts?.trustFile?.name ?? 'receivedAt', 'receivedAt'];
      faults.push(...faultsOf(renderReceipt(report, chinese), own).map((fault) => `${name}: ${fault}`));
    }
    expect(faults).to.deep.equal([]);
  }).timeout(60_000);

  it('when a check fails, does not run, or a file cannot be read › has a Chinese sentence for every code', () => {
    const { run: made } = EXAMPLE;
    for (const code of CODES) {
      const isReason = NOT_RUN_REASONS.some((reason) => reason === code);
      const result = isReason ? { outcome: 'not-run', reason: code } : { outcome: 'failed', code };
      const read = { ...EXAMPLE, checks: [{ name: 'file', detail: 'some English', ...result }], run: made };
      const unread = { ...EXAMPLE, error: { code, detail: 'an unknown remark' } };
      const isOfFile = [...READING_CODES, ...TRUST_CODES].some((one) => one === code);
      // Made by hand: no vector has every code at every place.
      const text = renderReport((isOfFile ? unread : read) as Report, chinese);
      expect(faultsOf(text), code).to.deep.equal([]);
      expect(text.split(code).length - 1, `${code} is printed once`).to.equal(1);
    }
  });

  it('when a file has a fault of form › says in Chinese where and which', async () => {
    const entry = released.find(({ name }) => name === 'good/file');
    const file = entry?.read(entry.file) ?? Buffer.alloc(0);
    const skipped = ['$.anchor', '$.notBefore', '$.status'];
    const faults = new Set<string>();
    let count = 0;
    for (const { value } of mutationsOf(readJson(file), '$', skipped)) {
      const report = await verifyBundle(new TextEncoder().encode(JSON.stringify(sorted(value))));
      if (!report.error) continue;
      count += 1;
      const text = renderReport(report, chinese);
      if (report.error.code === 'malformed')
        expect(text.split('\n')[2], report.error.detail).to.match(/\p{Script=Han}/u);
      for (const fault of faultsOf(text, ['zz'])) faults.add(fault);
    }
    expect(count).to.be.above(100);
    expect([...faults]).to.deep.equal([]);
  }).timeout(60_000);

  it('when a file cannot be opened or an option is wrong › says why in Chinese', async () => {
    const { proof } = vector('good/file');
    const cases: [string[], RegExp][] = [
      [[join(folder, 'missing.json')], /无法读取 .*：没有这个文件$/],
      [[proof, '--no-such-option'], /无法理解这些选项：没有这个选项（--no-such-option）$/],
      [[proof, '--trust'], /无法理解这些选项：选项缺少取值，或取值不对（--trust/],
      [[proof, '--json=yes'], /无法理解这些选项：选项缺少取值，或取值不对（--json/],
    ];
    for (const [args, sentence] of cases) {
      const { code, err } = await run([...args, '--lang=zh']);
      expect(code).to.equal(2);
      expect(err.trim()).to.match(sentence);
      expect(
        faultsOf(err.replace('inkseal-verify: ', '').replace(args[0] ?? '', ''), [
          'no-such-option',
          'json',
          'trust',
          'value',
        ]),
        err,
      ).to.deep.equal([]);
    }
  });

  it('when several proofs are verified › keeps Chinese punctuation in each line', async () => {
    const { proof, trustArgs } = vector('good/no-status');
    const { out } = await run([proof, proof, ...trustArgs, '--lang', 'zh']);
    expect(out.split('\n')[0]).to.equal(`${proof}：核验通过；未证明是否被撤销，100000000000000003（确权存证）`);
  });
});

const EXAMPLE: Report = {
  subject: 'bundle',
  verdict: 'not-verified',
  headline: 'not-verified',
  exitCode: 1,
  backing: 'none',
  run: { at: '2026-11-22T08:00:00.000Z', program: '@inkseal/verifier', version: '0.1.0', proofSha256: '0'.repeat(64) },
  checks: [],
  notes: [],
};

async function reportOf({ read, ...entry }: Released): Promise<Report> {
  const one = { ...entry, files: entry.files.map((name) => name.replace('files/', '')) };
  return verifyCase(one, read(entry.file), entry.trust === undefined ? undefined : read(entry.trust));
}

/** Names that somebody chose: of trust files, organisations, files, sections. */
function ownNames({ facts }: Report): string[] {
  const files = [...(facts?.files ?? []), ...(facts?.statedInProof?.files ?? [])].flatMap(({ name }) => name ?? []);
  const people = facts?.statedInProof?.people.flatMap(({ name }) => name ?? []) ?? [];
  const stated = [facts?.statedInProof?.title, facts?.statedInProof?.workTypeNote, facts?.trustFile?.name];
  const validators = facts?.validators.flatMap(({ organisation }) => organisation ?? []) ?? [];
  return [
    ...files,
    ...people,
    ...validators,
    ...stated.flatMap((name) => name ?? []),
    ...(facts?.disclosedSections ?? []),
  ];
}

/** Words in Latin letters that are neither names nor codes, and half-width marks beside Chinese characters. */
function faultsOf(text: string, names: readonly string[] = []): string[] {
  const known = [...CODES, ...RECEIPTS, ...CHECK_NAMES, ...VALUES, ...names].sort(
    (one, other) => other.length - one.length,
  );
  const lines = text.split('\n').map((line) => {
    const bare = known.reduce((left, name) => left.replaceAll(name, '甲'), line.replace(MEMBERS, ''));
    return bare.replace(NAMES, '');
  });
  const english = lines.filter((line) => /[A-Za-z]{2,}/.test(line));
  const marks = text.split('\n').filter((line) => /\p{Script=Han}\s?[,;:!?()]|[,;:!?(]\s?\p{Script=Han}/u.test(line));
  return [...english, ...marks];
}

/** Members in the order that the format asks for, so that nothing but the form is wrong. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] ?? null)]));
}
