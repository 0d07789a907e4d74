// SPDX-License-Identifier: Apache-2.0
// Certificates are PDF/A-3b for veraPDF, whatever is printed on them, and say how they are to be read aloud.
import { expect } from 'chai';
import { printedCertificate } from '../../../../test/support/printed-certificate.ts';
import { printedRegistration } from '../../../../test/support/printed-registration.ts';
import { brokenRules, findVeraPdf } from '../../../../test/support/verapdf.ts';
import { openFonts } from '../../fonts/index.ts';
import type { Printed } from './printed-certificate.ts';
import { renderCertificate } from './render-certificate.ts';

const FONTS = openFonts({ machineFolders: [] });
const BUNDLE = Buffer.from('{"mediaType":"application/vnd.inkseal.proof+json;v=1"}');
const veraPdf = findVeraPdf();
/** Without room for a signature, which veraPDF does not read while it is empty: sign-pdf.long.test.ts looks at signed ones. */
const render = (printed: Printed) =>
  'isPreview' in printed
    ? renderCertificate(printed, undefined, FONTS)
    : renderCertificate({ ...printed, signature: undefined }, BUNDLE, FONTS);

describe('an archival certificate', function () {
  this.timeout(60_000);

  it('names its parts in the order of reading, and the proof as what its facts are of', async () => {
    const pdf = (await renderCertificate(printedCertificate({ files: 2 }), BUNDLE, FONTS)).toString('latin1');
    const tags = [...pdf.matchAll(/\/S \/(Document|H1|H2|P|Figure)\b/g)].map(([, tag]) => tag);
    expect(new Set(tags)).to.deep.equal(new Set(['Document', 'H1', 'H2', 'P', 'Figure']));
    expect(tags.filter((tag) => tag === 'H1')).to.have.length(1);
    expect(tags.filter((tag) => tag === 'Figure')).to.have.length(2);
    expect(pdf).to.include('/AFRelationship /Data').and.include('/Marked true').and.include('/Lang (zh-CN)');
  });

  it(`conforms to PDF/A-3b${veraPdf ? '' : ' (skipped: no veraPDF)'}`, async function () {
    if (!veraPdf) return this.skip();
    const [certificate, registration] = [printedCertificate({ files: 9 }), printedRegistration({ files: 2 })];
    const { facts, ...rest } = printedCertificate({ files: 1 });
    const title = '김철수의 작품 ئابدۇراخمان ئۆتكۈر བཀྲ་ཤིས་ ᠮᠣᠩᠭᠣᠯ <&>';
    const party = { role: 'author' as const, name: 'ئابدۇراخمان', idNumber: '370***********2417' };
    const preview = { isPreview: true as const, madeAt: rest.issuedAt, siteName: rest.siteName };
    const pdfs = {
      attestation: await render(certificate),
      'on a development chain': await render({ ...certificate, isDevelopment: true }),
      registration: await render(registration),
      'several scripts': await render({
        ...rest,
        facts: { ...facts, parties: [party], work: { ...facts.work, title } },
      }),
      preview: await render({ ...preview, facts: registration.facts }),
    };
    const sound = Object.fromEntries(Object.keys(pdfs).map((name) => [name, '']));
    expect(await brokenRules(veraPdf, pdfs)).to.deep.equal(sound);
    for (const [name, pdf] of Object.entries(pdfs)) expect(pdf.length, name).to.be.lessThan(200_000);
  });
});
