// SPDX-License-Identifier: Apache-2.0
// Signed certificates, as pdfsig, OpenSSL and veraPDF judge them.
import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { printedCertificate } from '../../../test/support/printed-certificate.ts';
import { printedRegistration } from '../../../test/support/printed-registration.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { brokenRules, findVeraPdf } from '../../../test/support/verapdf.ts';
import { type DocumentSigner, openFileSigner } from '../document-signing/index.ts';
import { openFonts } from '../fonts/index.ts';
import { renderCertificate } from './pdf/render-certificate.ts';
import { signPdf } from './sign-pdf.ts';

const FONTS = openFonts({ machineFolders: [] });
const BUNDLE = Buffer.from('{"mediaType":"application/vnd.inkseal.proof+json;v=1"}');
const hasPdfsig = spawnSync('pdfsig', ['-v'], { stdio: 'ignore' }).status === 0;
const veraPdf = findVeraPdf();
const folder = temporaryFolder();

describe('signPdf', function () {
  this.timeout(60_000);
  let prepared: Buffer;
  let signers: Record<'development' | 'rsa', DocumentSigner>;
  before(async () => {
    const file = path.join(folder, 'keys', 'signer.p12');
    signers = {
      development: await openFileSigner({ file, password: '', isDevelopment: true }),
      rsa: await openFileSigner({ file: rsaFile(), password: '口令', isDevelopment: false }),
    };
    prepared = await renderCertificate(printedCertificate({ files: 2 }), BUNDLE, FONTS);
  });

  for (const kind of ['development', 'rsa'] as const) {
    it(`when the key is of the ${kind} signer › signs the whole file${hasPdfsig ? '' : ' (skipped: no pdfsig)'}`, async function () {
      if (!hasPdfsig) return this.skip();
      const pdf = await signPdf(prepared, signers[kind]);
      expect(pdf.length).to.be.lessThan(200_000);
      expect(pdfsig(pdf)).to.include('Signature is Valid').and.include('Total document signed');
      expect(pdfsig(pdf)).to.include('ETSI.CAdES.detached');
      pdf.write('9', pdf.indexOf('/CreationDate'), 'latin1');
      expect(pdfsig(pdf)).to.not.include('Signature is Valid');
    });

    it(`when the key is of the ${kind} signer › the signature names its certificate for OpenSSL`, async () => {
      const pdf = await signPdf(prepared, signers[kind]);
      expect(() => verifyByOpenSsl(pdf, signers[kind])).to.not.throw();
      pdf.write('9', pdf.indexOf('/CreationDate'), 'latin1');
      expect(() => verifyByOpenSsl(pdf, signers[kind])).to.throw();
    });
  }

  it(`keeps certificates of both kinds PDF/A-3b${veraPdf ? '' : ' (skipped: no veraPDF)'}`, async function () {
    if (!veraPdf) return this.skip();
    const registration = await renderCertificate(printedRegistration({ files: 1 }), BUNDLE, FONTS);
    const pdfs = {
      attestation: await signPdf(prepared, signers.rsa),
      registration: await signPdf(registration, signers.development),
    };
    expect(await brokenRules(veraPdf, pdfs)).to.deep.equal({ attestation: '', registration: '' });
  });

  it('when there is no room for a signature › refuses the file', async () => {
    const unsigned = { ...printedCertificate({ files: 1 }), signature: undefined };
    const pdf = await renderCertificate(unsigned, BUNDLE, FONTS);
    expect(pdf.includes('/Sig')).to.equal(false);
    const refused = await signPdf(pdf, signers.rsa).catch((error) => error);
    expect(refused).to.include({ code: 'internal' });
  });
});

const rsaFile = () => fileOf('rsa', ['-newkey', 'rsa:3072']);

/** A self-signed certificate with its key, as OpenSSL writes it. */
function fileOf(name: string, key: readonly string[], days = '30'): string {
  const [pem, file] = [path.join(folder, `${name}.pem`), path.join(folder, `${name}.p12`)];
  openssl(
    'req',
    '-x509',
    ...key,
    '-nodes',
    '-subj',
    `/CN=${name}`,
    '-days',
    days,
    '-keyout',
    pem,
    '-out',
    `${pem}.crt`,
  );
  openssl('pkcs12', '-export', '-inkey', pem, '-in', `${pem}.crt`, '-passout', 'pass:口令', '-out', file);
  chmodSync(file, 0o600);
  return file;
}

const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });

function pdfsig(pdf: Buffer): string {
  const file = path.join(folder, 'signed.pdf');
  writeFileSync(file, pdf);
  return spawnSync('pdfsig', [file], { encoding: 'utf8' }).stdout;
}

function verifyByOpenSsl(pdf: Buffer, { certificates }: DocumentSigner): void {
  const [, from = 0, to = 0] = /\/ByteRange \[0 (\d+) (\d+) /.exec(pdf.toString('latin1'))?.map(Number) ?? [];
  const files = Object.fromEntries(['cms', 'content', 'ca'].map((name) => [name, path.join(folder, name)]));
  const { cms = '', content = '', ca = '' } = files;
  const hex = pdf.toString('latin1', from + 1, to - 1);
  // The length of the outer element says where the zeros of the room begin.
  writeFileSync(cms, Buffer.from(hex, 'hex').subarray(0, 4 + Number.parseInt(hex.slice(4, 8), 16)));
  writeFileSync(content, Buffer.concat([pdf.subarray(0, from), pdf.subarray(to)]));
  writeFileSync(ca, new X509Certificate(certificates.at(-1) ?? '').toString());
  openssl(
    ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', cms, '-content', content],
    ...['-CAfile', ca, '-purpose', 'any', '-out', '/dev/null'],
  );
}
