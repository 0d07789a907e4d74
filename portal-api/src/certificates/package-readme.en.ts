// SPDX-License-Identifier: Apache-2.0

import type { AttestationFacts, RegistrationFacts } from './facts.ts';
import { beijingTime } from './pdf/text.ts';
import { type ReadmeFacts, timeStampNames, tokenCommands } from './readme-facts.ts';
import { isTestNumber } from './registration-content.ts';

export function englishReadme(readme: ReadmeFacts): string {
  const { facts, documentNumber, originals, documents, isDevelopment, identity } = readme;
  const { number, record, notBefore } = facts;
  const words = 'rights' in facts ? ofRegistration(facts) : ofAttestation(facts);
  const missing = [...originals, ...documents].filter(({ isIncluded }) => !isIncluded);
  return `# About this evidence package

Certificate ${number} · document ${documentNumber} · ${words.numbers}

${isDevelopment ? '**From a development chain: no validator signatures, not independently verified, a sample without legal effect.**\n\n' : ''}${words.warning}| Item | What it is |
| --- | --- |
| certificate.pdf | ${words.certificate}; the proof bundle below is attached inside |
| ${number}.proof.json | The proof bundle: statement, inclusion proof, block headers, state proofs, sections with their salts |
| originals/ | ${words.originals}${missing.length > 0 ? `; ${missing.length} files are too large and not included, see below` : ''} |
${words.dossier}| process-log.jsonl | Rows of the platform’s audit log that belong to this certificate, each with its number and digest |
${identity ? '| identity-record.json | How and when the owner’s real name was verified; name and number are masked |\n' : ''}| owner-trail.jsonl | The owner’s own records: registration, agreements, identity verification, log-ins |
| environment.json | On what the platform ran at the time of issue, and who operates it |
| custody.md | When files arrived, how they are kept, who looked at them (Chinese and English) |
| articles.en.md, articles.zh.md | Article by article: what this package shows, and what it does not |
| manifest.json | Every file of this package with its size, SHA-256 and SM3, for programs |
${facts.tokens > 0 ? `| ${timeStampNames(facts)} | Time stamps of outside authorities, as RFC 3161 answers; the same as in the proof bundle |\n` : ''}| SHA256SUMS | SHA-256 of everything in this package, for \`sha256sum -c SHA256SUMS\` |
| verify.html | Offline verifier: open it in a browser while offline |
| court-guide.en.html | One page: how a court checks this in ten minutes; court-guide.html is the Chinese one |
| README.zh.md | This text in Chinese |

This package contains no trust file. A trust file names the organisations that validate the chain; get it from them yourself,
because one supplied by the party that relies on the proof would add nothing.

| Question | Answer | Where |
| --- | --- | --- |
| Who? | ${words.who}; ID numbers masked | certificate.pdf; sections person:1 and on (full names, shares where stated), party:1 and on (masked names) |
| When? | Stated by the platform: ${words.when}${beijingTime(record.receivedAt)}. Proven by the chain: between ${beijingTime(notBefore)} and ${beijingTime(record.anchor.time)}. All UTC+8 | statement, notBefore, anchor |
| What? | ${facts.files.length} file(s) | sections ${words.whatSections}; originals/ |
| Unchanged? | The same SHA-256 (or SM3) as listed in section files | originals/, SHA256SUMS, verify.html |
| How did it get on chain? | Entry ${record.anchor.index + 1} of ${record.anchor.count} in batch ${record.anchor.batch}, whose root is in contract ${record.registry.contract} on chain ${record.registry.chainId} | inclusion, anchor |
| How is it verified? | verify.html, or \`npx --no inkseal-verify ${number}.proof.json --file <original> --trust <trust file> --max-status-age 30d\` | verify.html |
${facts.tokens > 0 ? `\n${tokensText(facts)}\n` : ''}
${words.notProven}
${words.personal}${missing.length > 0 ? `\nNot included: ${missing.length} file(s). The depositor can download them; their digests are in SHA256SUMS.\n` : ''}`;
}

interface KindWords {
  numbers: string;
  /** With the empty line after it. */
  warning: string;
  certificate: string;
  originals: string;
  /** Rows of the table, each with its line end. */
  dossier: string;
  /** What its holder should think of before handing it on; an empty line before it. */
  personal: string;
  who: string;
  when: string;
  whatSections: string;
  notProven: string;
}

function ofAttestation({ work, submission }: AttestationFacts): KindWords {
  const received = submission
    ? `submission received ${beijingTime(submission.receivedAt)} (entry ${submission.number}), `
    : '';
  return {
    numbers: `order ${work.orderNumber}`,
    warning: '',
    certificate: 'The certificate',
    originals: 'The files of the work',
    dossier: '',
    personal: '',
    who: 'Depositor and authors',
    when: `${received}attestation received `,
    whatSections: 'work and files',
    notProven: 'Not proven: ownership, originality, and anything that happened before the entry went on chain.',
  };
}

function ofRegistration({ work, registration: { registrationNumber, registeredOn } }: RegistrationFacts): KindWords {
  return {
    numbers: `registration number ${registrationNumber} · application ${work.recordNumber}`,
    warning: isTestNumber(registrationNumber) ? '**A test registration number, without legal effect.**\n\n' : '',
    certificate: 'The certificate of copyright registration',
    originals: 'The sample files of the work',
    dossier: `| dossier.json | The form as it was frozen and put on record; names and ID numbers masked |
| documents/ | The documents of the registration as submitted; their digests are in the section documents of the proof |
`,
    personal: `
The documents in documents/ bear names, ID numbers and signatures of those who signed them. Before you hand the package on, remove the files that are not needed: what is left is verified as before.
`,
    who: 'Authors, copyright owners and applicants',
    when: `registered on ${registeredOn}, entry received `,
    whatSections: 'work, rights, registration and files',
    notProven:
      'Not settled: ownership and originality. Persons, dates and rights are as the applicant stated and warranted them, subject to evidence to the contrary. Not proven: anything that happened before the entry went on chain.',
  };
}

const tokensText = (facts: ReadmeFacts['facts']): string =>
  `Time stamps (RFC 3161) of outside authorities in the proof bundle, over the root of the batch: ${facts.tokens}. verify.html judges them under your trust file. With OpenSSL alone and the authority's certificate (\`authority.pem\`, from the authority itself), the first is checked so${facts.tokens > 1 ? ', the others by their own names' : ''}:

${tokenCommands(facts)}`;
