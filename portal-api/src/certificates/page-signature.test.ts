// SPDX-License-Identifier: Apache-2.0
// What the verifier says of signed certificates that somebody changed.
import { X509Certificate } from 'node:crypto';
import path from 'node:path';
import { type Note, pageNotesOf, TRUST_MEDIA_TYPE_V2, type TrustFile, verifyBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import { printedCertificate } from '../../../test/support/printed-certificate.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import type { DocumentSigner } from '../document-signing/index.ts';
import { openSigner } from '../document-signing/open-signer.ts';
import { openFonts } from '../fonts/index.ts';
import { renderCertificate } from './pdf/render-certificate.ts';
import { signPdf } from './sign-pdf.ts';

const BUNDLE = Buffer.from('{"mediaType":"application/vnd.inkseal.proof+json;v=1"}');
const UNCHECKED: Note[] = ['printed-text-not-checked'];
const NETWORK = { chainId: '1', consensus: 'none' as const, registries: [], validatorSets: [] };

describe('pageNotesOf', function () {
  this.timeout(30_000);
  const folder = temporaryFolder();
  let [ours, theirs]: DocumentSigner[] = [];
  let signed: Buffer;
  before(async () => {
    const open = (name: string) =>
      openSigner({ file: { file: path.join(folder, `${name}.p12`), password: '', isDevelopment: true } });
    [ours, theirs] = [await open('ours'), await open('theirs')];
    const printed = printedCertificate({ files: 1 });
    signed = await signPdf(await renderCertificate(printed, BUNDLE, openFonts({ machineFolders: [] })), ours);
  });

  const trusting = (signer: DocumentSigner | undefined): TrustFile => ({
    mediaType: TRUST_MEDIA_TYPE_V2,
    name: 'test',
    networks: [NETWORK],
    timestampAuthorities: [],
    requiredWitnesses: 0,
    documentSigners: signer ? [new X509Certificate(signer.certificates.at(-1) ?? '').toString()] : [],
  });
  const notesOf = async (pdf: Uint8Array, signer: DocumentSigner | undefined) =>
    pageNotesOf(await verifyBundle(BUNDLE), { pdf, trust: trusting(signer) });
  const changed = (change: (pdf: Buffer) => void) => {
    const pdf = Buffer.from(signed);
    change(pdf);
    return pdf;
  };
  const at = (text: string) => signed.indexOf(text, 0, 'latin1');

  it('when nothing was changed › says that every byte is as it was signed', async () => {
    expect(await notesOf(signed, ours)).to.deep.equal(['page-as-signed']);
  });

  it('when the trust file names another authority › says that nobody whom it names signed', async () => {
    expect(await notesOf(signed, theirs)).to.deep.equal(['page-signed-by-other', ...UNCHECKED]);
  });

  it('when the trust file names no document signers, or there is none › says what it said before signatures', async () => {
    expect(await notesOf(signed, undefined)).to.deep.equal(UNCHECKED);
    const none = { pdf: signed, trust: undefined };
    expect(await pageNotesOf(await verifyBundle(BUNDLE), none)).to.deep.equal(UNCHECKED);
  });

  const tampered: [string, () => Buffer, readonly Note[]][] = [
    [
      'a byte of the page is flipped',
      () => changed((pdf) => flip(pdf, at('stream') + 40)),
      ['page-changed', ...UNCHECKED],
    ],
    [
      'a byte of the attachment is flipped',
      () => changed((pdf) => flip(pdf, at('/EmbeddedFile') + 300)),
      ['page-changed', ...UNCHECKED],
    ],
    ['the last byte is flipped', () => changed((pdf) => flip(pdf, pdf.length - 1)), ['page-changed', ...UNCHECKED]],
    [
      'the signature is flipped',
      () => changed((pdf) => pdf.write('7', at('/Contents <') + 2_000)),
      ['page-changed', ...UNCHECKED],
    ],
    [
      'something hides in the room of the signature',
      () => changed((pdf) => pdf.write('25', at('/Contents <') + 20_000)),
      ['page-changed', ...UNCHECKED],
    ],
    [
      'a revision is appended',
      () => Buffer.concat([signed, Buffer.from('\n9 0 obj\n<<>>\nendobj\n')]),
      ['page-appended', ...UNCHECKED],
    ],
    [
      'the signature is stripped',
      () => changed((pdf) => pdf.fill(' ', at('/ByteRange'), at('/Contents <'))),
      UNCHECKED,
    ],
    ['the signed part is only the beginning', () => changed((pdf) => shorten(pdf)), ['page-changed', ...UNCHECKED]],
  ];
  for (const [what, pdf, expected] of tampered)
    it(`when ${what} › says ${expected[0]}`, async () => {
      expect(await notesOf(pdf(), ours)).to.deep.equal(expected);
    });

  it('when a certificate signed by another is put in › says that nobody whom the trust file names signed', async () => {
    if (!theirs) throw new TypeError('before() has run');
    const forged = await renderCertificate(printedCertificate({ files: 2 }), BUNDLE, openFonts({ machineFolders: [] }));
    expect(await notesOf(await signPdf(forged, theirs), ours)).to.deep.equal(['page-signed-by-other', ...UNCHECKED]);
  });
});

function flip(pdf: Buffer, place: number): void {
  pdf.writeUInt8(pdf.readUInt8(place) ^ 1, place);
}

function shorten(pdf: Buffer): void {
  const [range = ''] = /\/ByteRange \[[^\]]*\]/.exec(pdf.toString('latin1')) ?? [];
  pdf.write(
    range.replace(/\d+\]$/, (digits) => `${String(Number.parseInt(digits, 10) - 9)}]`),
    pdf.indexOf(range),
    'latin1',
  );
}
