import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { type CheckResult, encodeBundle } from '../src/index.ts';
import { putFile, run, VECTORS, vector } from '../vectors/support/command.ts';
import { makePdf, streamOf } from '../vectors/support/pdf.ts';
import { makeTrust, makeWorld } from '../vectors/support/world.ts';
import { zip64Of } from '../vectors/support/zip64.ts';
import { english } from './messages.en.ts';

describe('inkseal-verify on what carries a proof', () => {
  const folder = temporaryFolder();
  const put = (name: string, bytes: Uint8Array | string): string => putFile(join(folder, name), bytes);

  describe('given a package', () => {
    const proofBytes = () => readFileSync(vector('good/file').proof);
    const work = () => readFileSync(join(VECTORS, 'files/work.txt'));

    it('verifies the one proof in it, stored or deflated', async () => {
      const { trustArgs } = vector('good/file');
      for (const level of [0, 9] as const) {
        const zip = zipSync({ 'originals/a.txt': work(), 'proof/1.proof.json': proofBytes() }, { level });
        const { code, out } = await run([put(`good-${level}.zip`, zip), ...trustArgs, '--json']);
        const report = JSON.parse(out);
        expect(code).to.equal(0);
        expect(report.checks[0]).to.include({ name: 'file', outcome: 'passed' });
        expect(report.facts.package).to.deep.equal([{ name: 'originals/a.txt', role: 'original', outcome: 'match' }]);
      }
    });

    it('when a part belongs to another work or differs from the package’s list › fails and names it', async () => {
      const other = pdfWith([readFileSync(vector('good/no-sm3').proof)], true);
      const cases: [string, Record<string, Uint8Array>, string, string][] = [
        ['original', { 'originals/a.txt': strToU8('another') }, 'file', 'file-mismatch'],
        ['elsewhere', { 'x/originals/a.txt': strToU8('another') }, 'file', 'file-mismatch'],
        ['certificate', { 'certificate.pdf': other }, 'package', 'certificate-foreign'],
        ['renamed', { '证书.PDF': other }, 'package', 'certificate-foreign'],
        ['no-proof', { 'certificate.pdf': pdfWith([], true) }, 'package', 'certificate-foreign'],
        [
          'altered',
          { 'verify.html': strToU8('evil'), SHA256SUMS: sumsOf({ 'verify.html': strToU8('good') }) },
          'package',
          'entry-altered',
        ],
      ];
      const { trustArgs } = vector('good/file');
      for (const [name, parts, check, code] of cases) {
        const zip = put(`${name}.zip`, zipSync({ '1.proof.json': proofBytes(), ...parts }));
        const json = await run([zip, ...trustArgs, '--json']);
        const report = JSON.parse(json.out);
        expect([json.code, report.verdict], name).to.deep.equal([1, 'not-verified']);
        expect(failuresOf(report), name).to.deep.equal({ [check]: code });
        const shown = (await run([zip, ...trustArgs])).out;
        for (const part of Object.keys(parts)) expect(shown, name).to.include(part);
      }
    });

    it('when the proof says nothing about a part › names it in the headline', async () => {
      const { trustArgs } = vector('good/file');
      const certificate = pdfWith([proofBytes()], true);
      const zip = zipSync({ '1.proof.json': proofBytes(), 'certificate.pdf': certificate, 'letter.txt': strToU8('x') });
      const { code, out } = await run([put('more.zip', zip), ...trustArgs]);
      expect(code).to.equal(0);
      expect(out.split('\n')[0]).to.equal(
        'VERIFIED; the printed text was not checked; not covered by the proof: letter.txt',
      );
    });

    it('when its sums list every entry › compares them all, and is silent about the certificate’s text', async () => {
      const { trustArgs } = vector('good/file');
      const parts = {
        '1.proof.json': proofBytes(),
        'certificate.pdf': pdfWith([proofBytes()], true),
        'verify.html': strToU8('<html>'),
        'originals/01 鹤华.txt': work(),
      };
      const zip = zipSync({ ...parts, SHA256SUMS: sumsOf(parts), 'more.txt': strToU8('x') });
      const { code, out } = await run([put('listed.zip', zip), ...trustArgs, '--json']);
      const report = JSON.parse(out);
      expect(code).to.equal(0);
      expect(
        report.facts.package.map(({ role, outcome }: Record<string, string>) => `${role} ${outcome}`),
      ).to.deep.equal([
        'certificate match',
        'listed match',
        'original match',
        'sums not-compared',
        'unaccounted not-compared',
      ]);
      expect(report.notes).to.include('certificate-as-listed').and.not.include('printed-text-not-checked');
      const headline = (await run([put('listed.zip', zip), ...trustArgs])).out.split('\n')[0];
      expect(headline).to.equal('VERIFIED; not covered by the proof: more.txt');
    });

    describe('of a registration, with documents and a process log', () => {
      const log = ['{"seq":"1"}\n', '{"seq":"2"}\n', '{"seq":"9"}\n'];
      const paper = strToU8('%PDF guarantee');
      let bound: Record<string, Uint8Array>;
      let trustArgs: string[];
      before(async () => {
        const documents = [
          { kind: 'GUARANTEE', name: '保证书.pdf', size: String(paper.length), sha256: sha256Of(paper) },
        ];
        // The last line came after the approval.
        const process = { lines: '2', sha256: sha256Of(strToU8(log.slice(0, 2).join(''))) };
        const sections = { documents, process };
        const moreSections = Object.entries(sections).map(([name, content]) => ({
          name,
          salt: sha256Of(name),
          content,
        }));
        const world = await makeWorld({ kind: 'registration', moreSections });
        bound = {
          '1.proof.json': encodeBundle(world.bundle),
          'process-log.jsonl': strToU8(log.join('')),
          'documents/01 GUARANTEE 保证书.pdf': paper,
        };
        trustArgs = ['--trust', put('bound.trust.json', JSON.stringify(makeTrust(world)))];
      });
      /** Whoever changes an entry lists the changed one too: the list is not signed. */
      const packed = (name: string, changes: Record<string, Uint8Array | undefined>): string => {
        const changed = Object.entries({ ...bound, ...changes }).filter(([, bytes]) => bytes !== undefined);
        const parts = Object.fromEntries(changed) as Record<string, Uint8Array>; // without those left out
        return put(`${name}.zip`, zipSync({ ...parts, SHA256SUMS: sumsOf(parts) }));
      };
      /** Exit code, failures, and the entries that are not on record. */
      const judged = async (name: string, changes: Record<string, Uint8Array | undefined> = {}) => {
        const { code, out } = await run([packed(name, changes), ...trustArgs, '--json']);
        const report = JSON.parse(out);
        const entries: { name: string; role: string; outcome: string }[] = report.facts.package;
        return {
          code,
          failures: failuresOf(report),
          roles: entries.map(({ role, outcome }) => `${role} ${outcome}`),
          named: entries.filter(({ outcome }) => outcome === 'mismatch').map((entry) => entry.name),
        };
      };
      const refusedFor = (name: string) => ({ code: 1, failures: { package: 'entry-unrecorded' }, named: [name] });

      it('compares both with the proof, and is content when the holder left some out', async () => {
        const { code, roles } = await judged('bound');
        expect([code, ...roles]).to.deep.equal([0, 'process match', 'document match', 'sums not-compared']);
        const without = { 'process-log.jsonl': undefined, 'documents/01 GUARANTEE 保证书.pdf': undefined };
        expect((await judged('bound-less', without)).code).to.equal(0);
      });

      it('when the process log was changed, cut or lengthened within what is on record › fails and names it', async () => {
        const [one = '', two = ''] = log;
        for (const [name, lines] of Object.entries({
          changed: [one, two.replace('2', '3')],
          cut: [one],
          inserted: [one, one, two],
          endless: [one, two.trim()],
        })) {
          const found = await judged(name, { 'process-log.jsonl': strToU8(lines.join('')) });
          expect(found, name).to.deep.include(refusedFor('process-log.jsonl'));
        }
        const { out } = await run([packed('empty', { 'process-log.jsonl': new Uint8Array() }), ...trustArgs]);
        expect(out).to.match(/process-log\.jsonl.*DIFFERS from the record/);
      });

      it('when a document is another than was put on record, or none of them › fails and names it', async () => {
        const certificate = pdfWith([readFileSync(vector('good/file').proof)], true);
        for (const [name, bytes] of [
          ['documents/01 GUARANTEE 保证书.pdf', strToU8('%PDF another')],
          ['documents/02 OTHER a.pdf', certificate],
        ] as const)
          expect(await judged('documents', { [name]: bytes }), name).to.deep.include(refusedFor(name));
      });
    });

    it('when it was issued before sums listed every entry › keeps its verdict, and its own texts are no strangers', async () => {
      const { trustArgs } = vector('good/file');
      const parts = { '1.proof.json': proofBytes(), 'README.en.md': strToU8('x'), 'verify.html': strToU8('<html>') };
      const zip = zipSync({ ...parts, SHA256SUMS: sumsOf({ 'originals/01 鹤华.txt': work() }) });
      const { code, out } = await run([put('older.zip', zip), ...trustArgs]);
      expect([code, out.split('\n')[0]]).to.deep.equal([0, 'VERIFIED']);
      expect(out).to.include(english.notes['package-not-listed']);
    });

    it('when a Mac, a folder or another program packed it again › reads the same package', async () => {
      const { trustArgs } = vector('good/file');
      const inFolder = {
        'case/': new Uint8Array(),
        'case/1.proof.json': proofBytes(),
        'case/._1.proof.json': strToU8('Mac'),
        '__MACOSX/case/._1.proof.json': strToU8('Mac'),
        'case/originals/': new Uint8Array(),
        'case/originals/a.txt': work(),
        'case/SHA256SUMS': sumsOf({ '1.proof.json': proofBytes() }),
      };
      for (const [name, zip] of Object.entries({
        folder: zipSync(inFolder),
        long: zip64Of('1.proof.json', proofBytes()),
      })) {
        const { code, out } = await run([put(`${name}.zip`, zip), ...trustArgs]);
        expect([code, out.split('\n')[0]], name).to.deep.equal([0, 'VERIFIED']);
      }
    });

    it('refuses none, two, a bomb and a broken one', async () => {
      const one = proofBytes();
      const bomb = zipSync({ 'a.proof.json': new Uint8Array(40 * 2 ** 20) }, { level: 9 });
      const good = zipSync({ 'a.proof.json': one });
      const cases: [string, Uint8Array][] = [
        ['none.zip', zipSync({ 'a.txt': one })],
        ['two.zip', zipSync({ 'a.proof.json': one, 'b/c.proof.json': one })],
        ['bomb.zip', bomb],
        ['cut.zip', good.slice(0, -40)],
        ['no-directory.zip', good.slice(0, 60)],
      ];
      for (const [name, zip] of cases) {
        const { code, out } = await run([put(name, zip), '--json']);
        expect(code, name).to.equal(2);
        expect(JSON.parse(out).error.code, name).to.equal('input-unusable');
      }
    });
  });

  describe('given a certificate', () => {
    it('verifies the proof attached to it, and says that its text was not checked', async () => {
      const { proof, trustArgs } = vector('good/file');
      for (const isPacked of [true, false]) {
        const path = put(`certificate-${isPacked}.pdf`, pdfWith([readFileSync(proof)], isPacked));
        const { code, out } = await run([path, ...trustArgs, '--json']);
        expect(code).to.equal(0);
        expect(JSON.parse(out).notes).to.include('printed-text-not-checked');
      }
    });

    it('says the same of one that carries an absence proof', async () => {
      const { proof, trustArgs } = vector('absence/next');
      const path = put('absence.pdf', pdfWith([readFileSync(proof)], true));
      expect(JSON.parse((await run([path, ...trustArgs, '--json'])).out).notes).to.include('printed-text-not-checked');
    });

    it('refuses none, and two that differ', async () => {
      const proofs = ['good/file', 'good/no-sm3'].map((name) => readFileSync(vector(name).proof));
      expect((await run([put('none.pdf', pdfWith([], true))])).code).to.equal(2);
      expect((await run([put('two.pdf', pdfWith(proofs, true))])).code).to.equal(2);
      expect((await run([put('junk.pdf', `%PDF-1.7\n${'/EmbeddedFile obj stream '.repeat(40_000)}`)])).code).to.equal(
        2,
      );
    });
  });
}).timeout(120_000);

function failuresOf({ checks }: { checks: readonly CheckResult[] }): Record<string, string> {
  return Object.fromEntries(checks.flatMap((check) => (check.outcome === 'failed' ? [[check.name, check.code]] : [])));
}

function sumsOf(entries: Record<string, Uint8Array>): Uint8Array {
  return strToU8(
    Object.entries(entries)
      .map(([name, bytes]) => `${sha256Of(bytes)}  ${name}\n`)
      .join(''),
  );
}

const sha256Of = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** A certificate that has these files attached as proofs. */
function pdfWith(files: readonly Buffer[], isPacked: boolean): Uint8Array {
  const filter = isPacked ? '/Filter /FlateDecode' : '';
  const attached = files.flatMap((file, index) => [
    [2 * index + 3, `<< /Type /Filespec /F (${index}.proof.json) /EF << /F ${2 * index + 4} 0 R >> >>`],
    [2 * index + 4, streamOf(`/Type /EmbeddedFile ${filter}`, isPacked ? deflateSync(file) : file)],
  ]);
  const names = files.map((_, index) => `(${index}.proof.json) ${2 * index + 3} 0 R`).join(' ');
  return makePdf({
    1: `<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [${names}] >> >> >>`,
    2: '<< /Type /Pages /Kids [] /Count 0 >>',
    ...Object.fromEntries(attached),
  });
}
