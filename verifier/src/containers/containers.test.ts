import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import { zipSync } from 'fflate';
import { measureWork } from '../../../test/support/work-time.ts';
import { vector } from '../../vectors/support/command.ts';
import { concatBytes, utf8 } from '../encoding/bytes.ts';
import { ContainerError, openProof } from './index.ts';

const MEBIBYTE = 2 ** 20;
/** A coarse bound, as for hostile bundles. */
const MAX_MS = 2_000;

describe('openProof', () => {
  const proof = readFileSync(vector('good/file').proof);
  const other = readFileSync(vector('good/no-sm3').proof);

  describe('given a package that programs read in different ways', () => {
    const END_SIZE = 22;
    const one = zipSync({ '1.proof.json': proof }, { level: 0 });
    const two = zipSync({ '2.proof.json': other }, { level: 0 });

    it('refuses a directory that does not end where its end record begins', async () => {
      // Some go by the place that the end record names, others by where a directory must end.
      const end = one.slice(-END_SIZE);
      expect(await codeOf(concatBytes([one.slice(0, -END_SIZE), two.slice(0, -END_SIZE), end]))).to.equal('unreadable');
    });

    it('refuses more entries than the end record counts', async () => {
      const both = zipSync({ 'a.txt': proof, '1.proof.json': proof }, { level: 0 });
      const counted = both.with(both.length - END_SIZE + 8, 1).with(both.length - END_SIZE + 10, 1);
      expect(await codeOf(both)).to.equal('none');
      expect(await codeOf(counted)).to.equal('unreadable');
    });

    it('refuses an entry that is shorter, or longer, than the directory says', async () => {
      const sizeAt = one.length - END_SIZE - '1.proof.json'.length - 46 + 24;
      const low = one[sizeAt] ?? 0;
      for (const change of [1, -1])
        expect(await codeOf(one.with(sizeAt, (low + change) & 0xff)), String(change)).to.equal('unreadable');
    });

    it('reads one with a comment of any length', async () => {
      for (const length of [1, 6_600, 65_535]) {
        const commented = concatBytes([one, utf8('c'.repeat(length))]);
        commented.set([length & 0xff, length >> 8], one.length - 2);
        expect(await codeOf(commented), String(length)).to.equal('none');
      }
    });

    it('refuses an end record that is not the end of the file', async () => {
      expect(await codeOf(concatBytes([one, utf8('more')]))).to.equal('unreadable');
    });
  });

  describe('given a hostile certificate', () => {
    const mentions = '/EmbeddedFile '.repeat(100);

    it('finds nothing in one that no reader can open, whatever streams stand in it', async () => {
      const pdf = pdfOf([attached(proof), utf8(mentions), utf8(' '.repeat(8_192)), attached(other)]);
      expect(await codeOf(pdf)).to.equal('no-proof');
    });

    for (const [name, pdf] of Object.entries({
      'no stream after its attachments': () => pdfOf([utf8(mentions.slice(0, 280)), utf8('s'.repeat(48 * MEBIBYTE))]),
      'no object before them': () => pdfOf([utf8('o'.repeat(48 * MEBIBYTE)), utf8(mentions.slice(0, 280))]),
      'streams without an end': () => pdfOf([...Array(20).fill(attached(proof, '')), utf8('e'.repeat(48 * MEBIBYTE))]),
      'attachments that inflate to a mebibyte of JSON': () =>
        pdfOf(Array(20).fill(attached(utf8(`[${'0,'.repeat(MEBIBYTE / 2 - 2)}0]`)))),
    })) {
      it(`refuses one with ${name} within bounds`, async () => {
        const bytes = pdf();
        const workMs = measureWork();
        expect(await codeOf(bytes)).to.equal('no-proof');
        expect(workMs()).to.be.below(MAX_MS);
      }).timeout(120_000);
    }
  });
});

function attached(file: Uint8Array, end = 'endstream'): Uint8Array {
  const head = '7 0 obj\n<< /Type /EmbeddedFile /Filter /FlateDecode >>\nstream\n';
  return concatBytes([utf8(head), deflateSync(file), utf8(`\n${end}\nendobj\n`)]);
}

const pdfOf = (parts: readonly Uint8Array[]): Uint8Array => concatBytes([utf8('%PDF-1.7\n'), ...parts]);

/** The code with which a file is refused; `none` if a proof was found in it. */
async function codeOf(bytes: Uint8Array): Promise<string> {
  const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length);
  try {
    await openProof({ size: bytes.length, read });
    return 'none';
  } catch (error) {
    if (error instanceof ContainerError) return error.code;
    throw error;
  }
}
