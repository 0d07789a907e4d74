// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { canonicalBytes } from '@inkseal/verifier';
import { expect } from 'chai';
import { makeAbsence, makeTrust, makeWorld } from '../../../verifier/vectors/support/world.ts';
import { takeFile } from './intake.ts';
import { type EarlierOutcome, isStamped, OUTCOMES, type Outcome, type StatedOutcome } from './outcome.ts';
import { groupsOf, tallyOf } from './questions.ts';
import { sentencesOf } from './sentences.ts';
import { lookupTexts } from './texts/index.ts';
import { type Verification, verifyProof } from './verification.ts';

const CONTAINERS = new URL('../../../verifier/vectors/containers/', import.meta.url);
const VECTORS = new URL('../../../verifier/vectors/v1/', import.meta.url);

interface Case {
  name: string;
  file: string;
  trust?: string;
  files: string[];
  now: string;
  maxStatusAgeSeconds?: number;
  node?: unknown;
  padTo?: number;
  trustPadTo?: number;
  verdict: string;
}

const { cases } = JSON.parse(readFileSync(new URL('index.json', VECTORS), 'utf8')) as { cases: Case[] };

/** One released vector for each verdict that a proof can come to, and the words of its banner. */
const VERDICTS: Record<Exclude<Outcome, StatedOutcome | EarlierOutcome>, { vector: string; title: string }> = {
  matches: { vector: 'good/file', title: '与区块链一致，文件相符' },
  'matches-no-file': { vector: 'good/leaf-2-of-4', title: '与区块链一致（未核对文件）' },
  consistent: { vector: 'good/unsealed', title: '记录自洽，区块链未独立核验' },
  'submission-record': { vector: 'good/submission', title: '提交记录，不是证书' },
  'audit-record': { vector: 'good/audit-head', title: '审计记录，不是证书' },
  'file-differs': { vector: 'bad/other-file', title: '文件与存证时不一致' },
  failed: { vector: 'bad/seals-insufficient', title: '未通过验证' },
  revoked: { vector: 'bad/revoked', title: '证书已撤销' },
  'never-issued': { vector: 'absence/next', title: '截至 2026-11-22 14:00:04（北京时间）未签发此编号' },
  undecided: { vector: 'unreadable/trust-name-empty', title: '无法判定' },
};

describe('outcomeOf', () => {
  for (const [outcome, { vector, title }] of Object.entries(VERDICTS)) {
    it(`calls ${vector} “${title}”`, async () => {
      const verification = await verifyVector(vector);
      expect(verification.outcome).to.equal(outcome);
      expect(sentencesOf(verification, lookupTexts.zh).title).to.equal(title);
    });
  }

  it('has a title for all verdicts in both languages', () => {
    for (const { verdicts } of Object.values(lookupTexts)) {
      expect(Object.keys(verdicts)).to.have.members([...OUTCOMES]);
      for (const { title } of Object.values(verdicts)) expect(title).to.not.equal('');
    }
  });

  it('stamps exactly what the verifier calls verified, over all vectors', async () => {
    for (const each of cases.filter(({ node, maxStatusAgeSeconds }) => !node && maxStatusAgeSeconds === undefined)) {
      const { outcome, report, isContentHidden } = await verifyVector(each.name);
      // A file that there is nothing to compare with is left out, and the verdict says that no file was compared.
      const isCertificate = report.facts?.kind !== 'submission' && report.facts?.kind !== 'audit-head';
      const isExpected = isCertificate && (each.verdict === 'verified' || isContentHidden);
      if (report.subject === 'bundle') expect(isStamped(outcome), each.name).to.equal(isExpected);
    }
  });

  it('when a file differs and the record is unverified › does not blame the record', async () => {
    const { lead } = sentencesOf(await verifyVector('bad/other-file', { isTrusted: false }), lookupTexts.zh);
    expect(lead.join('')).to.include('区块链未独立核验').and.not.include('证书本身没有问题');
  });

  for (const isTrusted of [true, false])
    it(`when the file of a submission differs ${isTrusted ? 'under' : 'without'} a trust file › never calls it a certificate`, async () => {
      const verification = await verifyVector('good/submission', { files: ['files/other.txt'], isTrusted });
      expect(verification.outcome).to.equal('file-differs');
      for (const texts of [lookupTexts.zh, lookupTexts.en]) {
        const { title, lead, unsaid } = sentencesOf(verification, texts);
        expect(title).to.equal(texts.verdicts['file-differs'].title + texts.headline.submission);
        expect(lead[0]).to.equal(isTrusted ? texts.lead.processSound : texts.lead.processConsistent);
        expect(lead.join('')).to.not.match(/证书本身没有问题|certificate itself/);
        expect(unsaid).to.include(texts.unsaid.notCertificate);
      }
    });

  it('when a record of the process is revoked › calls it a record', async () => {
    const world = await makeWorld({ kind: 'submission', revocation: 1_795_328_000n | (2n << 64n) });
    const trust = { origin: 'portal', bytes: canonicalBytes({ ...makeTrust(world) }) } as const;
    const proof = canonicalBytes({ ...world.bundle });
    const verification = await verifyProof({ proof, source: 'portal', trust, files: [] });
    const { title, lead } = sentencesOf(verification, lookupTexts.zh);
    expect(title).to.equal('记录已撤销（提交记录，不是证书）');
    expect(lead.join('')).to.match(/^这条记录已于.*这条记录与区块链一致，但它不是证书。$/);
  });

  it('decides nothing by a proof of absence that does not hold', async () => {
    const world = await makeWorld();
    const proof = canonicalBytes({ ...makeAbsence(world, world.spec.nextNumber - 1n) });
    const trust = { origin: 'portal', bytes: canonicalBytes({ ...makeTrust(world) }) } as const;
    const { outcome } = await verifyProof({ proof, source: 'portal', trust, files: [] });
    expect(outcome).to.equal('undecided');
  });

  it('when a package holds another work › says which part, and does not blame the visitor’s file', async () => {
    const { verification } = await verifyPackage('foreign-certificate.zip', 'qbft.trust.json');
    expect(verification.outcome).to.equal('failed');
    const { lead, unsaid } = sentencesOf(verification, lookupTexts.zh);
    expect(lead.join('')).to.include('“originals/01 other.txt”');
    expect(unsaid.join('')).to.not.include('{');
  });

  it('when a Mac packed a package again › judges the proof in it, and says that the printed text was not checked', async () => {
    const { verification } = await verifyPackage('mac-min.zip', 'development.trust.json');
    expect(verification.outcome).to.equal('consistent');
    expect(sentencesOf(verification, lookupTexts.zh).unsaid).to.include(lookupTexts.zh.unsaid.printedText);
  });

  it('when a PDF is protected by a password › does not take it for one without a proof', async () => {
    const bytes = new Uint8Array(readFileSync(new URL('password.pdf', CONTAINERS)));
    expect(await takeFile(new File([bytes], 'certificate.pdf'))).to.deep.equal({ kind: 'original', isEncrypted: true });
  });

  it('says that a revocation stands also where the file differs', async () => {
    const verification = await verifyVector('bad/revoked', { files: ['files/other.txt'] });
    expect(verification.outcome).to.equal('revoked');
    expect(sentencesOf(verification, lookupTexts.zh).lead.join('')).to.include('您选择的文件也与存证时的不同');
  });
});

describe('sentencesOf', () => {
  it('puts every value in, in both languages, over all vectors', async () => {
    for (const { name } of cases) {
      const verification = await verifyVector(name);
      for (const texts of Object.values(lookupTexts)) {
        const { title, lead, said, unsaid, tally, caption, check } = sentencesOf(verification, texts);
        const checks = verification.report.checks.map((result) => check(result).sentence);
        const all = [title, ...lead, ...said, ...unsaid, tally, caption, ...checks];
        for (const sentence of all) expect(sentence, name).to.not.match(/[{}]|undefined|NaN/);
      }
    }
  });

  it('does not call valid what was not shown to be unrevoked', async () => {
    const { title, caption, unsaid } = sentencesOf(await verifyVector('good/no-status'), lookupTexts.zh);
    expect(title).to.equal('与区块链一致（未核对文件）（未证明是否撤销）');
    expect(caption).to.equal('撤销状态未核验');
    expect(unsaid).to.include('后来是否被撤销。');
  });

  it('says first that no file was compared', async () => {
    const { unsaid } = sentencesOf(await verifyVector('good/leaf-2-of-4'), lookupTexts.zh);
    expect(unsaid[0]).to.equal('文件内容未核对。');
  });

  it('does not compare files with a proof that discloses none', async () => {
    const verification = await verifyVector('good/no-sections', { files: ['files/other.txt'] });
    expect(verification.outcome).to.equal('matches-no-file');
    expect(sentencesOf(verification, lookupTexts.zh).lead[0]).to.include('没有核对您选择的文件');
  });

  it('when one of two listed files was given twice › says that the other was not compared', async () => {
    const verification = await verifyVector('good/file');
    const { report } = verification;
    const { facts } = report;
    if (!facts) throw new RangeError('a bundle that verifies has facts');
    const files = [...facts.files, ...facts.files];
    const twice = {
      ...verification,
      report: { ...report, facts: { ...facts, files, listedFiles: 2, comparedFiles: 1 } },
    };
    expect(sentencesOf(twice, lookupTexts.zh).unsaid).to.include(lookupTexts.zh.unsaid.othersNotCompared);
  });

  it('uses the same places in both languages', () => {
    const zh = placesOf(lookupTexts.zh);
    const en = placesOf(lookupTexts.en);
    expect([...en.keys()]).to.have.members([...zh.keys()]);
    for (const [path, places] of zh) expect(en.get(path), path).to.deep.equal(places);
  });
});

describe('groupsOf', () => {
  it('puts each check under one question, so that the tallies add up', async () => {
    for (const name of ['good/file', 'bad/other-file', 'absence/next']) {
      const { report } = await verifyVector(name);
      const groups = groupsOf(report);
      expect(groups.flatMap(({ checks }) => checks)).to.have.members([...report.checks]);
      const { total, passed, failed, notRun } = tallyOf(report.checks);
      expect(passed + failed + notRun).to.equal(total);
      expect(groups.reduce((sum, { tally }) => sum + tally.total, 0)).to.equal(total);
    }
  });
});

describe('verifyProof', () => {
  it('takes the newer status that the portal gives for the same statement', async () => {
    const world = await makeWorld();
    const later = await makeWorld({ revocation: 1_795_328_000n | (2n << 64n) });
    const trust = { origin: 'portal', bytes: canonicalBytes({ ...makeTrust(world) }) } as const;
    const proof = canonicalBytes({ ...world.bundle });
    const fresh = canonicalBytes({ ...later.bundle });
    expect((await verifyProof({ proof, source: 'certificate', trust, files: [] })).outcome).to.equal('matches-no-file');
    const { outcome } = await verifyProof({ proof, source: 'certificate', trust, files: [], fresh });
    expect(outcome).to.equal('revoked');
  });
});

/** An evidence package as the page takes it in. */
async function verifyPackage(file: string, trustFile: string) {
  const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, CONTAINERS)));
  const taken = await takeFile(new File([bytesOf(file)], file));
  if (taken.kind !== 'proof') throw new RangeError(file);
  const { bytes: proof, source, contents } = taken;
  const trust = { origin: 'visitor', bytes: bytesOf(trustFile) } as const;
  return { verification: await verifyProof({ proof, source, contents, trust, files: [] }) };
}

interface Choices {
  files?: string[];
  isTrusted?: boolean;
}

/** Several tests go over all vectors: each is verified once. */
const verified = new Map<string, Promise<Verification>>();

function verifyVector(name: string, choices: Choices = {}): Promise<Verification> {
  const key = `${name} ${JSON.stringify(choices)}`;
  const known = verified.get(key) ?? verifyAnew(name, choices);
  verified.set(key, known);
  return known;
}

async function verifyAnew(name: string, { files, isTrusted = true }: Choices): Promise<Verification> {
  const found = cases.find((each) => each.name === name);
  if (!found) throw new RangeError(name);
  const bytes = found.trust !== undefined && isTrusted ? padded(read(found.trust), found.trustPadTo) : undefined;
  return verifyProof({
    proof: padded(read(found.file), found.padTo),
    source: 'portal',
    trust: bytes ? { origin: 'portal', bytes } : { origin: 'none' },
    files: await Promise.all((files ?? found.files).map(digest)),
    now: new Date(found.now),
  });
}

async function digest(file: string) {
  const bytes = read(file);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice()));
  return { name: file, size: bytes.length, sha256: Buffer.from(hash).toString('hex') };
}

function padded(bytes: Uint8Array, length: number | undefined): Uint8Array {
  return length === undefined ? bytes : Buffer.concat([bytes, Buffer.alloc(length - bytes.length, ' ')]);
}

function read(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(path, VECTORS)));
}

/** Every text by its path, with the places in it. */
function placesOf(value: unknown, path = ''): Map<string, string[]> {
  if (typeof value === 'string') return new Map([[path, (value.match(/\{\w+\}/g) ?? []).sort()]]);
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(Object.entries(value).flatMap(([key, part]) => [...placesOf(part, `${path}/${key}`)]));
}
