// SPDX-License-Identifier: Apache-2.0
// Signed certificates, as pdfsig, OpenSSL and veraPDF judge them.
import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect } from 'chai';
import * as pkijs from 'pkijs';
import { printedCertificate } from '../../../test/support/printed-certificate.ts';
import { printedRegistration } from '../../../test/support/printed-registration.ts';
import { type RevokingAuthority, startRevokingAuthority } from '../../../test/support/revoking-authority.ts';
import { findSoftHsm, signerInDevice, startSoftHsm } from '../../../test/support/soft-hsm.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { opensslAccepts, startAuthority, type TestAuthority } from '../../../test/support/timestamp-authority.ts';
import { brokenRules, findVeraPdf } from '../../../test/support/verapdf.ts';
import { type DocumentSigner, openDocumentSigning, type StampTime } from '../document-signing/index.ts';
import { openSigner } from '../document-signing/open-signer.ts';
import { openTimeStamps } from '../document-signing/time-stamp.ts';
import { openFonts } from '../fonts/index.ts';
import { attemptOutcome } from '../queue/failures.ts';
import { renderCertificate } from './pdf/render-certificate.ts';
import { signPdf } from './sign-pdf.ts';

const FONTS = openFonts({ machineFolders: [] });
const BUNDLE = Buffer.from('{"mediaType":"application/vnd.inkseal.proof+json;v=1"}');
const hasPdfsig = spawnSync('pdfsig', ['-v'], { stdio: 'ignore' }).status === 0;
const veraPdf = findVeraPdf();
const softHsm = findSoftHsm();
const folder = temporaryFolder();

describe('signPdf with a time-stamping authority', function () {
  this.timeout(60_000);
  let authority: TestAuthority;
  let stampTime: StampTime;
  let signer: DocumentSigner;
  let prepared: Buffer;
  before(async () => {
    authority = await startAuthority();
    stampTime = openTimeStamps({ url: authority.url, certificate: readFileSync(authority.certificateFile, 'utf8') });
    signer = await openSigner({ file: { file: path.join(folder, 'stamped.p12'), password: '', isDevelopment: true } });
    prepared = await renderCertificate(printedCertificate({ files: 1 }), BUNDLE, FONTS);
  });
  after(() => authority?.stop());

  it('carries a token over the signature, and stays valid and PDF/A-3b', async () => {
    authority.behaviour = 'good';
    const pdf = await signPdf(prepared, signer, stampTime);
    expect(() => verifyByOpenSsl(pdf, signer)).to.not.throw();
    if (hasPdfsig) expect(pdfsig(pdf)).to.include('Signature is Valid').and.include('Total document signed');
    if (veraPdf) expect(await brokenRules(veraPdf, { pdf })).to.deep.equal({ pdf: '' });
    const cms = pkijs.ContentInfo.fromBER(Uint8Array.from(cmsOf(pdf)));
    const [info] = new pkijs.SignedData({ schema: cms.content }).signerInfos;
    const [attribute] = info?.unsignedAttrs?.attributes ?? [];
    const token = new Uint8Array(attribute?.values[0].toBER());
    const signature = info?.signature.valueBlock.valueHexView ?? new Uint8Array();
    expect(await opensslAccepts(token, signature, authority.certificateFile)).to.equal(true);
  });

  for (const behaviour of [
    'failing',
    'refusing',
    'endless',
    'garbage',
    'redirecting',
    'other-imprint',
    'other-nonce',
    'expired',
    'stranger',
  ] as const)
    it(`when the authority is ${behaviour} › the work waits`, async () => {
      authority.behaviour = behaviour;
      const error = await signPdf(prepared, signer, stampTime).catch((each) => each);
      expect(error).to.have.property('name', 'time-stamp-unavailable');
      expect(attemptOutcome(error)).to.equal('outage');
    });

  for (const [clock, minutes] of [
    ['ahead', -6],
    ['behind', 6],
  ] as const)
    it(`when the clock of the authority is six minutes ${clock} › the work waits`, async () => {
      authority.behaviour = 'good';
      const certificate = readFileSync(authority.certificateFile, 'utf8');
      const distant = openTimeStamps({ url: authority.url, certificate }, () => Date.now() + minutes * 60_000);
      expect(await signPdf(prepared, signer, distant).catch((each) => each)).to.have.property(
        'name',
        'time-stamp-unavailable',
      );
    });
});

describe('signPdf with what authorities say of revocation', function () {
  this.timeout(60_000);
  let centre: RevokingAuthority;
  let authority: TestAuthority;
  before(async () => {
    centre = await startRevokingAuthority();
    authority = await startAuthority(await centre.issue('time', 'responder', 'time stamps'));
  });
  after(() => Promise.all([authority?.stop(), centre?.stop()]));

  it('carries it below the signature, for the time stamp too, and stays valid and PDF/A-3b', async () => {
    const files = await centre.issue('centre', 'list');
    const stamps = { url: authority.url, certificate: centre.root };
    const file = path.join(folder, 'centre.p12');
    openssl(
      ...['pkcs12', '-export', '-inkey', files.key, '-in', files.certificate, '-certfile', files.root],
      ...['-passout', 'pass:口令', '-out', file],
    );
    chmodSync(file, 0o600);
    const failures: unknown[] = [];
    const settings = {
      documentSigner: { file: { file, password: '口令', isDevelopment: false } },
      documentTimeStamp: stamps,
    };
    const { signer, stampTime, findValidation } = await openDocumentSigning(settings, {
      warn: (...said: unknown[]) => void failures.push(said),
    });
    const validation = (await findValidation()) ?? expect.fail(`no data: ${JSON.stringify(failures)}`);
    expect([validation.crls.length, validation.ocsps.length]).to.deep.equal([1, 1]);
    const printed = printedCertificate({ files: 1 });
    const signature = { by: 'centre', isDevelopment: false, validation };
    const prepared = await renderCertificate({ ...printed, signature }, BUNDLE, FONTS);
    const pdf = await signPdf(prepared, signer ?? expect.fail('no signer'), stampTime);
    if (hasPdfsig) expect(pdfsig(pdf)).to.include('Signature is Valid').and.include('Total document signed');
    if (veraPdf) expect(await brokenRules(veraPdf, { pdf })).to.deep.equal({ pdf: '' });
    expect(pdf.length).to.be.lessThan(200_000);
    const carried = storeOf(pdf);
    for (const [name, own] of [
      ['Certs', validation.certificates],
      ['OCSPs', validation.ocsps],
      ['CRLs', validation.crls],
    ] as const)
      expect(carried(name), name).to.deep.equal(own.map((each) => Buffer.from(each)));
  });
});

describe('signPdf', function () {
  this.timeout(60_000);
  let prepared: Buffer;
  let signers: Partial<Record<'development' | 'rsa' | 'device', DocumentSigner>>;
  before(async () => {
    const file = path.join(folder, 'keys', 'signer.p12');
    signers = {
      development: await openSigner({ file: { file, password: '', isDevelopment: true } }),
      rsa: await openSigner({ file: { file: rsaFile(), password: '口令', isDevelopment: false } }),
    };
    if (softHsm)
      signers.device = await openSigner({
        device: await signerInDevice(await startSoftHsm(softHsm, 'pdf'), 'EC:prime256v1'),
      });
    prepared = await renderCertificate(printedCertificate({ files: 2 }), BUNDLE, FONTS);
  });
  const signerOf = (kind: keyof typeof signers): DocumentSigner => signers[kind] ?? expect.fail(`no ${kind} signer`);

  for (const kind of ['development', 'rsa', ...(softHsm ? ['device' as const] : [])] as const) {
    it(`when the key is of the ${kind} signer › signs the whole file${hasPdfsig ? '' : ' (skipped: no pdfsig)'}`, async function () {
      if (!hasPdfsig) return this.skip();
      const pdf = await signPdf(prepared, signerOf(kind));
      expect(pdf.length).to.be.lessThan(200_000);
      expect(pdfsig(pdf)).to.include('Signature is Valid').and.include('Total document signed');
      expect(pdfsig(pdf)).to.include('ETSI.CAdES.detached');
      pdf.write('9', pdf.indexOf('/CreationDate'), 'latin1');
      expect(pdfsig(pdf)).to.not.include('Signature is Valid');
    });

    it(`when the key is of the ${kind} signer › the signature names its certificate for OpenSSL`, async () => {
      const pdf = await signPdf(prepared, signerOf(kind));
      expect(() => verifyByOpenSsl(pdf, signerOf(kind))).to.not.throw();
      pdf.write('9', pdf.indexOf('/CreationDate'), 'latin1');
      expect(() => verifyByOpenSsl(pdf, signerOf(kind))).to.throw();
    });
  }

  it(`keeps certificates of both kinds PDF/A-3b${veraPdf ? '' : ' (skipped: no veraPDF)'}`, async function () {
    if (!veraPdf) return this.skip();
    const registration = await renderCertificate(printedRegistration({ files: 1 }), BUNDLE, FONTS);
    const pdfs = {
      attestation: await signPdf(prepared, signerOf('rsa')),
      registration: await signPdf(registration, signerOf('development')),
    };
    expect(await brokenRules(veraPdf, pdfs)).to.deep.equal({ attestation: '', registration: '' });
  });

  it('when there is no room for a signature › refuses the file', async () => {
    const unsigned = { ...printedCertificate({ files: 1 }), signature: undefined };
    const pdf = await renderCertificate(unsigned, BUNDLE, FONTS);
    expect(pdf.includes('/Sig')).to.equal(false);
    const refused = await signPdf(pdf, signerOf('rsa')).catch((error) => error);
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

/** Without the zeros of its room: the length of the outer element says where they begin. */
function cmsOf(pdf: Buffer): Buffer {
  const [, from = 0, to = 0] = rangeOf(pdf);
  const hex = pdf.toString('latin1', from + 1, to - 1);
  return Buffer.from(hex, 'hex').subarray(0, 4 + Number.parseInt(hex.slice(4, 8), 16));
}

/** What the document security store has under a name. */
function storeOf(pdf: Buffer): (name: string) => Buffer[] {
  const text = pdf.toString('latin1');
  const object = (id: string | undefined) => new RegExp(`\\n${id} 0 obj\\n([\\s\\S]*?)\\nendobj`).exec(text)?.[1] ?? '';
  const store = object(/\/DSS (\d+) 0 R/.exec(text)?.[1]);
  return (name) => {
    const ids = new RegExp(`/${name} \\[([^\\]]*)\\]`).exec(store)?.[1]?.match(/\d+(?= 0 R)/g) ?? [];
    return ids.map((id) => {
      const [, head = '', body = ''] = /^([\s\S]*?)stream\n([\s\S]*)\nendstream$/.exec(object(id)) ?? [];
      const bytes = Buffer.from(body, 'latin1');
      return head.includes('/FlateDecode') ? inflateSync(bytes) : bytes;
    });
  };
}

const rangeOf = (pdf: Buffer) => /\/ByteRange \[0 (\d+) (\d+) /.exec(pdf.toString('latin1'))?.map(Number) ?? [];

function verifyByOpenSsl(pdf: Buffer, { certificates }: DocumentSigner): void {
  const [, from = 0, to = 0] = rangeOf(pdf);
  const files = Object.fromEntries(['cms', 'content', 'ca'].map((name) => [name, path.join(folder, name)]));
  const { cms = '', content = '', ca = '' } = files;
  writeFileSync(cms, cmsOf(pdf));
  writeFileSync(content, Buffer.concat([pdf.subarray(0, from), pdf.subarray(to)]));
  writeFileSync(ca, new X509Certificate(certificates.at(-1) ?? '').toString());
  openssl(
    ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', cms, '-content', content],
    ...['-CAfile', ca, '-purpose', 'any', '-out', '/dev/null'],
  );
}
