// SPDX-License-Identifier: Apache-2.0
// A submission or an audit head is a record of the process: nothing that is said of it may call it a certificate.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { english } from '../../../verifier/cli/messages.en.ts';
import { chinese } from '../../../verifier/cli/messages.zh.ts';
import { renderReport } from '../../../verifier/cli/render.ts';
import { sentencesOf } from './sentences.ts';
import { lookupTexts } from './texts/index.ts';
import { verifyProof } from './verification.ts';

const VECTORS = new URL('../../../verifier/vectors/v1/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, VECTORS)));
const { cases } = JSON.parse(readFileSync(new URL('index.json', VECTORS), 'utf8')) as {
  cases: { name: string; file: string; trust?: string; now: string }[];
};
/** What may be said of certificates: that this is none, that none came of it, and what was not looked at. */
const DENIALS = {
  zh: /不是证书|不说明通过了审核，也不说明签发了证书/g,
  en: /not a certificate|does not say that [^.]* certificate [^.]*\.|nor that a certificate was issued/gi,
};

describe('a record of the process', () => {
  for (const name of ['good/submission', 'good/audit-head'])
    for (const isTrusted of [true, false])
      for (const isSame of [undefined, false])
        it(`${name}, ${isTrusted ? 'trusted' : 'no trust file'}, ${isSame === false ? 'another file' : 'no file'} › is never called a certificate`, async () => {
          const found = cases.find((each) => each.name === name);
          if (!found) throw new RangeError(name);
          const verification = await verifyProof({
            proof: read(found.file),
            source: 'portal',
            trust:
              found.trust !== undefined && isTrusted
                ? { origin: 'visitor', bytes: read(found.trust) }
                : { origin: 'none' },
            files: isSame === false ? [{ name: 'other.txt', size: 1, sha256: '00'.repeat(32) }] : [],
            now: new Date(found.now),
          });
          for (const language of ['zh', 'en'] as const) {
            const { title, lead, said, unsaid, tally, caption, names, check } = sentencesOf(
              verification,
              lookupTexts[language],
            );
            const { checks } = verification.report;
            const ofChecks = checks
              .filter((each) => each.name !== 'package')
              .flatMap((each) => [names[each.name], check(each).sentence, check(each).effect ?? '']);
            const report = renderReport(verification.report, language === 'zh' ? chinese : english);
            const all = [title, ...lead, ...said, ...unsaid, tally, caption, ...ofChecks, ...report.split('\n')];
            const called = all.filter((text) => /证书|certificate/i.test(text.replace(DENIALS[language], '')));
            expect(called, language).to.deep.equal([]);
          }
        });
});
