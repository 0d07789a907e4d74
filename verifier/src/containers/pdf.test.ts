import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import { measureWork } from '../../../test/support/work-time.ts';
import { vector } from '../../vectors/support/command.ts';
import { attaching, makePdf, type PdfObjects, revisePdf, streamOf } from '../../vectors/support/pdf.ts';
import { concatBytes, utf8 } from '../encoding/bytes.ts';
import { ContainerError, openProof } from './index.ts';

const MEBIBYTE = 2 ** 20;
/** A coarse bound, as for hostile bundles. */
const MAX_MS = 2_000;

const proof = readFileSync(vector('good/file').proof);
const other = readFileSync(vector('good/no-sm3').proof);

describe('proofInPdf', () => {
  describe('given a certificate that readers open', () => {
    const catalog = (names: string, more = '') =>
      `<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles ${names} >> ${more} >>`;
    const good: Record<string, PdfObjects> = {
      'a plain attachment': attaching(proof),
      'a deflated attachment': attaching('', { 4: streamOf('/Filter /FlateDecode', deflateSync(proof)) }),
      'an attachment without /Type': attaching('', { 4: streamOf('', proof) }),
      'a length in another object': attaching('', { 4: streamOf('/Length 5 0 R', proof), 5: String(proof.length) }),
      'a wrong length': attaching('', { 4: streamOf('/Length 7', proof) }),
      'a length that counts the end of the line': attaching('', {
        4: streamOf(
          `/Filter [/Fl] /Length ${deflateSync(proof).length + 1}`.replace('/Fl]', '/FlateDecode]'),
          deflateSync(proof),
        ),
      }),
      'a name in hex': attaching(proof, {
        1: catalog('<< /Names [<312E70726F6F662E6A736F6E> 3 0 R] >>'),
        3: '<< /F <61> /EF << /F 4 0 R >> >>',
      }),
      'a name in UTF-16': attaching(proof, {
        1: catalog('<< /Names [(a) 3 0 R] >>'),
        3: `<< /UF <FEFF${[...'鹤华.proof.json'].map((c) => c.charCodeAt(0).toString(16).padStart(4, '0')).join('')}> /EF << /UF 4 0 R >> >>`,
      }),
      'escapes in names': attaching(proof, {
        1: catalog('<< /Names [(a\\(\\)) 3 0 R] >>'),
        3: '<< /Type /File#73pec /F (1.proof\\056js\\\non) /EF << /F 4 0 R >> >>',
      }),
      'a tree of several levels': attaching(proof, {
        1: catalog('5 0 R'),
        5: '<< /Kids [6 0 R 7 0 R] >>',
        6: '<< /Limits [(a) (b)] /Kids [] >>',
        7: '<< /Names [(1.proof.json) 3 0 R] >>',
      }),
      'an associated file alone': attaching(proof, { 1: '<< /Type /Catalog /Pages 2 0 R /AF [3 0 R] >>' }),
      'the same file in tree and association': attaching(proof, {
        1: catalog('<< /Names [(1.proof.json) 3 0 R] >>', '/AF [5 0 R]'),
        5: '<< /F (1.proof.json) /EF << /F 6 0 R >> >>',
        6: streamOf('', proof),
      }),
      'other attachments': attaching(proof, {
        1: catalog('<< /Names [(a.txt) 5 0 R (1.proof.json) 3 0 R] >>'),
        5: '<< /F (a.txt) /EF << /F 6 0 R >> >>',
        6: streamOf('', other),
      }),
      'another proof that nothing names': attaching(proof, { 9: streamOf('/Type /EmbeddedFile', other) }),
    };
    for (const [name, objects] of Object.entries(good)) {
      it(`finds the proof with ${name}`, async () => {
        expect(await proofIn(makePdf(objects))).to.equal(proof.toString());
      });
    }

    it('takes what the newest revision lists', async () => {
      const first = makePdf(attaching(other));
      expect(await proofIn(first)).to.equal(other.toString());
      expect(await proofIn(revisePdf(first, { 4: streamOf('', proof) }))).to.equal(proof.toString());
    });

    it('takes the catalog that the newest revision names', async () => {
      const moved = Object.fromEntries(
        Object.entries(attaching(proof)).map(([id, content]) => [Number(id) + 10, content]),
      );
      const again: PdfObjects = {
        ...moved,
        11: '<< /Type /Catalog /Pages 12 0 R /Names << /EmbeddedFiles << /Names [(1.proof.json) 13 0 R] >> >> >>',
        13: '<< /Type /Filespec /F (1.proof.json) /EF << /F 14 0 R >> >>',
      };
      const twice = revisePdf(makePdf(attaching(other)), again, 11);
      expect(await proofIn(twice)).to.equal(proof.toString());
      expect(await proofIn(revisePdf(twice, {}, 1))).to.equal(other.toString());
    });

    it('reads objects that a table hides from old readers', async () => {
      const objects = attaching(proof);
      const { 3: hidden = '', ...shown } = objects;
      const start = makePdf(shown);
      const at = start.length;
      const object = concatBytes([utf8('3 0 obj\n'), utf8(String(hidden)), utf8('\nendobj\n')]);
      const row = Uint8Array.of(1, ...[24, 16, 8, 0].map((shift) => (at >> shift) & 0xff), 0);
      const stream = concatBytes([
        utf8('9 0 obj\n'),
        streamOf('/Type /XRef /Size 10 /W [1 4 1] /Index [3 1]', row),
        utf8('\nendobj\n'),
      ]);
      const tableAt = at + object.length + stream.length;
      const [, previous] = /startxref\n(\d+)/.exec(Buffer.from(start).toString('latin1')) ?? [];
      const table = utf8(
        `xref\n3 1\n0000000000 65535 f \ntrailer\n<< /Size 10 /Root 1 0 R /Prev ${previous} /XRefStm ${at + object.length} >>\nstartxref\n${tableAt}\n%%EOF\n`,
      );
      expect(await proofIn(concatBytes([start, object, stream, table]))).to.equal(proof.toString());
    });

    it('allows 1,024 bytes before it, and not one more', async () => {
      const pdf = makePdf(attaching(proof));
      expect(await proofIn(concatBytes([utf8('\r\n'.repeat(512)), pdf]))).to.equal(proof.toString());
      const later = concatBytes([utf8('\r\n'.repeat(512)), utf8(' '), pdf]);
      expect((await openProof(sourceOf(later))).container).to.equal('none');
    });

    it('repairs it as readers do when its revisions run in a circle', async () => {
      const end = /startxref\n(\d+)/;
      const bytes = makePdf(attaching(proof), { trailer: '/Prev 0000000' });
      const [, at = ''] = end.exec(Buffer.from(bytes).toString('latin1')) ?? [];
      const circle = Buffer.from(bytes)
        .toString('latin1')
        .replace('/Prev 0000000', `/Prev ${at.padStart(7, '0')}`);
      expect(await proofIn(Buffer.from(circle, 'latin1'))).to.equal(proof.toString());
    });

    it('repairs it as readers do when its end was cut off', async () => {
      const pdf = makePdf(attaching(proof));
      const cut = pdf.subarray(0, Buffer.from(pdf).lastIndexOf('xref\n3 1'));
      expect(await proofIn(cut)).to.equal(proof.toString());
    });
  });

  describe('given a certificate that holds more than one proof', () => {
    const bad: Record<string, PdfObjects> = {
      'two in the tree': attaching(proof, {
        1: '<< /Type /Catalog /Names << /EmbeddedFiles << /Names [(1.proof.json) 3 0 R (2.proof.json) 5 0 R] >> >> >>',
        5: '<< /F (2.proof.json) /EF << /F 6 0 R >> >>',
        6: streamOf('', other),
      }),
      'one in the tree and another associated': attaching(proof, {
        1: '<< /Type /Catalog /AF [5 0 R] /Names << /EmbeddedFiles << /Names [(1.proof.json) 3 0 R] >> >> >>',
        5: '<< /F (2.PROOF.JSON) /EF << /F 6 0 R >> >>',
        6: streamOf('', other),
      }),
      'two under one name, for different readers': attaching(proof, {
        3: '<< /F (1.proof.json) /EF << /F 4 0 R /UF 5 0 R >> >>',
        5: streamOf('', other),
      }),
      'one shown under another name than its key': attaching(proof, {
        1: '<< /Type /Catalog /Names << /EmbeddedFiles << /Names [(a.txt) 5 0 R (1.proof.json) 3 0 R] >> >> >>',
        5: '<< /UF (2.proof.json) /EF << /F 6 0 R >> >>',
        6: streamOf('', other),
      }),
    };
    for (const [name, objects] of Object.entries(bad)) {
      it(`refuses ${name}`, async () => expect(await codeOf(makePdf(objects))).to.equal('several-proofs'));
    }
  });

  describe('given a certificate that cannot be read', () => {
    const one = (four: Uint8Array | string): PdfObjects => attaching('', { 4: four });
    const cases: [string, string, () => Uint8Array][] = [
      ['a password', 'encrypted', () => makePdf(attaching(proof), { trailer: '/Encrypt 5 0 R' })],
      [
        'a password and a damaged end',
        'encrypted',
        () => concatBytes([makePdf(attaching(proof), { trailer: '/Encrypt 5 0 R' }), utf8(' '.repeat(4_096))]),
      ],
      ['another packing', 'unknown-packing', () => makePdf(one(streamOf('/Filter /LZWDecode', proof)))],
      ['two packings', 'unknown-packing', () => makePdf(one(streamOf('/Filter [/FlateDecode /FlateDecode]', proof)))],
      ['a damaged attachment', 'unreadable', () => makePdf(one(streamOf('/Filter /FlateDecode', 'not deflated')))],
      ['no attachment', 'no-proof', () => makePdf({ 1: '<< /Type /Catalog /Pages 2 0 R >>' })],
      [
        'an attachment under another name',
        'no-proof',
        () => makePdf(attaching(proof, { 1: '<< /AF [3 0 R] >>', 3: '<< /F (a.json) /EF << /F 4 0 R >> >>' })),
      ],
    ];
    for (const [name, code, pdf] of cases) {
      it(`says ${code} of ${name}`, async () => expect(await codeOf(pdf())).to.equal(code));
    }
  });

  describe('given a hostile certificate', () => {
    const names = (tree: string): PdfObjects =>
      attaching(proof, { 1: `<< /Type /Catalog /Names << /EmbeddedFiles ${tree} >> >>` });
    const bomb = deflateSync(new Uint8Array(128 * MEBIBYTE), { level: 9 });
    const table = (rows: number) =>
      utf8(
        `%PDF-1.7\nxref\n0 ${rows}\n${'0000000009 00000 n \n'.repeat(rows)}trailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n`,
      );
    const cases: Record<string, () => Uint8Array> = {
      'a tree in a circle': () => makePdf({ ...names('5 0 R'), 5: '<< /Kids [6 0 R] >>', 6: '<< /Kids [5 0 R] >>' }),
      'a tree that is its own kid a thousand times': () =>
        makePdf({
          ...names('5 0 R'),
          ...Object.fromEntries(
            Array.from({ length: 30 }, (_, at) => [at + 5, `<< /Kids [${`${at + 6} 0 R `.repeat(8)}] >>`]),
          ),
        }),
      'references in a circle': () => makePdf({ ...names('5 0 R'), 5: '6 0 R', 6: '5 0 R' }),
      'a length that is its own object': () =>
        makePdf(attaching('', { 4: streamOf('/Filter /LZWDecode /Length 4 0 R', proof) })),
      'values nested a million deep': () => makePdf(names('['.repeat(MEBIBYTE))),
      'dictionaries nested a million deep': () => makePdf(names('<</A'.repeat(MEBIBYTE))),
      'a string without an end': () => makePdf(names(`(${'('.repeat(16 * MEBIBYTE)}`)),
      'a table of two million objects': () => table(2_000_000),
      'two million objects and no table': () =>
        utf8(`%PDF-1.7\n${Array.from({ length: 2_000_000 }, (_, at) => `${at} 0 obj\n1\n`).join('')}`),
      'a million trailers': () => utf8(`%PDF-1.7\n${'trailer\n<<>>\n'.repeat(MEBIBYTE)}`),
      'a million attachments': () => makePdf(names(`<< /Names [${'(1.proof.json) 3 0 R '.repeat(MEBIBYTE)}] >>`)),
      'a cross-reference stream that is a bomb': () => {
        const stream = streamOf('/Type /XRef /Size 99 /W [1 2 1] /Filter /FlateDecode', bomb);
        return concatBytes([utf8('%PDF-1.7\n1 0 obj\n'), stream, utf8('\nendobj\nstartxref\n9\n%%EOF\n')]);
      },
      'object streams that are bombs': () =>
        utf8(
          `%PDF-1.7\n${Array.from({ length: 20 }, (_, at) => Buffer.from(concatBytes([utf8(`${at + 1} 0 obj\n`), streamOf('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', bomb), utf8('\nendobj\n')])).toString('latin1')).join('')}`,
        ),
      'streams that all end at the end of the file': () =>
        concatBytes([
          makePdf(
            attaching(
              '',
              Object.fromEntries(
                Array.from({ length: 2_000 }, (_, at) => [
                  at + 10,
                  '<< /Type /ObjStm /N 1 /First 4 /Length 9 >>\nstream\n',
                ]),
              ),
            ),
          ),
          utf8('s'.repeat(40 * MEBIBYTE)),
        ]),
    };
    for (const [name, make] of Object.entries(cases)) {
      it(`refuses ${name} within bounds`, async () => {
        const bytes = make();
        const workMs = measureWork();
        expect(await codeOf(bytes)).to.be.oneOf([
          'unreadable',
          'no-proof',
          'too-large',
          'unknown-packing',
          'several-proofs',
        ]);
        expect(workMs()).to.be.below(MAX_MS);
      }).timeout(120_000);
    }
  });
});

const sourceOf = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
});

async function proofIn(bytes: Uint8Array): Promise<string> {
  return Buffer.from((await openProof(sourceOf(bytes))).bytes).toString();
}

/** The code with which a file is refused; `none` if a proof was found in it. */
async function codeOf(bytes: Uint8Array): Promise<string> {
  try {
    await openProof(sourceOf(bytes));
    return 'none';
  } catch (error) {
    if (error instanceof ContainerError) return error.code;
    throw error;
  }
}
