import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { putFile, run, vector } from '../vectors/support/command.ts';

describe('inkseal-verify on what carries a proof', () => {
  const folder = temporaryFolder();
  const put = (name: string, bytes: Uint8Array | string): string => putFile(join(folder, name), bytes);

  describe('given a package', () => {
    const proofBytes = () => readFileSync(vector('good/file').proof);

    it('verifies the one proof in it, stored or deflated', async () => {
      const { trustArgs } = vector('good/file');
      for (const level of [0, 9] as const) {
        const zip = zipSync({ 'originals/a.txt': strToU8('a'), 'proof/1.proof.json': proofBytes() }, { level });
        expect((await run([put(`good-${level}.zip`, zip), ...trustArgs])).code).to.equal(0);
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

function pdfWith(files: readonly Buffer[], isPacked: boolean): Buffer {
  const objects = files.map((file, index) => {
    const content = isPacked ? deflateSync(file) : file;
    const filter = isPacked ? ' /Filter /FlateDecode' : '';
    const head = `${index + 5} 0 obj\n<< /Type /EmbeddedFile /Subtype /application#2Fjson${filter} /Length ${content.length} >>\nstream\n`;
    return Buffer.concat([Buffer.from(head), content, Buffer.from('\nendstream\nendobj\n')]);
  });
  const text = Buffer.from(
    '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n4 0 obj\n<< /Length 3 >>\nstream\nabc\nendstream\nendobj\n',
  );
  return Buffer.concat([text, ...objects, Buffer.from('%%EOF\n')]);
}
