// SPDX-License-Identifier: Apache-2.0
// Item by item: what courts and the standard ask, which entry of the package answers, and what is not shown.

import { boundLines } from './bound-lines.ts';
import { malwareScanOf } from './custody-files.ts';
import type { DossierFacts } from './dossier-facts.ts';
import { quoted, type Row, tableOf } from './table.ts';

const HEAD: Row = ['Item', 'Question', 'What this package shows', 'Where', 'What it does not show'];

export function englishArticles(facts: DossierFacts): string {
  return `# Article by article

Certificate ${facts.facts.number}

The third column is what this package shows; the last one is what has to be shown by other evidence, or by the platform. What is “stated by the platform” is not covered by the proof on the chain. The Chinese text (articles.zh.md) quotes the rules.
${facts.isDevelopment ? '\n**From a development chain, without validator signatures: nothing below that rests on the chain has been independently verified.**\n' : ''}
## Provisions of the Supreme People’s Court on Internet Courts (Fa Shi [2018] No. 16), article 11

${tableOf(HEAD, [...environmentRows(facts), ...integrityRows(facts)])}

## Online Litigation Rules of the People’s Courts (Fa Shi [2021] No. 12), articles 16 to 19

${tableOf(HEAD, litigationRows(facts))}

## SF/T 0076—2020, technical specification for the deposit of electronic data

The table follows the headings of the standard. Its clauses were not compared one by one, and it does not say that the platform passed a test of conformity.

${tableOf(HEAD, standardRows(facts))}
`;
}

function environmentRows(given: DossierFacts): Row[] {
  const { facts, environment } = given;
  const who = 'rights' in facts ? 'Authors, copyright owners and applicants' : 'Depositors and authors';
  return [
    [
      '1 (1)',
      'Is the environment of hardware and software secure and reliable?',
      `Versions of the software at the time of issue, consensus and number of validators of the chain, encryption of the storage, state of the clock (${clockText(environment)}); all stated by the platform`,
      'environment.json',
      `Graded security assessment, hardware and premises${malwareScanOf(given).state === 'performed' ? '' : ', scan for malicious code (none, or not of each file)'}`,
    ],
    [
      '1 (2)',
      'Are author and time of generation clear, and the content clear, objective and accurate?',
      `${who} with full names and masked ID numbers; when and how the owner registered and was verified; time received (stated by the platform) and the interval that the chain proves; name, size and digest of each file`,
      `certificate.pdf; proof bundle; ${given.identity ? 'identity-record.json; ' : ''}owner-trail.jsonl; custody.md`,
      'Who made the work before the upload, and when; ID images and full numbers (not in this package)',
    ],
    [
      '1 (3)',
      'Are storage media clear, and the means of custody appropriate?',
      'When files arrived, how they are encrypted and stored, when they were compared again, when staff looked at them (stated by the platform)',
      'custody.md; process-log.jsonl',
      'Models of the storage devices; backups elsewhere',
    ],
  ];
}

function integrityRows(facts: DossierFacts): Row[] {
  return [
    [
      '1 (4)',
      'Are the person, tools and method of extraction reliable, and can it be repeated?',
      'The platform computes SHA-256 and SM3 while it receives; anybody can compute them again with common tools',
      'originals/; SHA256SUMS; verify.html',
      'With which device and from where the files were taken before the upload',
    ],
    [
      '1 (5)',
      'Was anything added, deleted or changed, or is anything missing?',
      `Originals${'rights' in facts.facts ? ' and documents of the registration' : ''} are compared byte for byte with the digests on record; ${boundText(facts)}`,
      'verify.html; proof bundle',
      'environment.json, custody.md, the owner’s records and the texts are listed only in manifest.json and SHA256SUMS, which are not signed; files too large to be included',
    ],
    [
      '1 (6)',
      'Can it be verified in a specific form?',
      'Offline, without the platform, a node or a browser extension',
      'verify.html',
      'The trust file: get it yourself',
    ],
    [
      '2',
      'Electronic signatures, trusted time stamps, hash checks, blockchain',
      `Hash checks; blockchain (chain ${facts.facts.record.registry.chainId}); ${tokensText(facts)}`,
      `Proof bundle${facts.facts.tokens > 0 ? '; timestamp.tsr' : ''}`,
      signatureText(facts),
    ],
    [
      '3',
      'Opinion of experts; appraisal; other evidence',
      'The format is public: the proof can be verified without any program of the platform',
      'Proof bundle',
      'An appraisal',
    ],
  ];
}

function litigationRows(facts: DossierFacts): Row[] {
  const isRegistration = 'rights' in facts.facts;
  return [
    [
      '16',
      'Data that the technical check finds consistent may be found untampered after going on chain',
      'Consistency since it went on chain, verified by the reader',
      'verify.html; proof bundle',
      'Authenticity before that',
    ],
    [
      '17 (1)',
      'Does the platform follow the rules on blockchain deposit services?',
      'Name and filing number of the operator (stated by the platform)',
      'environment.json',
      'Whether the filing is valid: ask the authority',
    ],
    [
      '17 (2)',
      'Is a party related to the platform, and did it interfere by technical means?',
      'The platform alone cannot change what is on chain; the reader’s trust file names who validates it',
      'Proof bundle',
      'Relations between the parties, the platform and the validators',
    ],
    [
      '17 (3)',
      'Is the system clean, secure, reliable and available?',
      'Versions and protections in use (stated by the platform)',
      'environment.json',
      'Assessments under national or industry standards',
    ],
    [
      '17 (4)',
      'Do environment, security, encryption, transmission and verification meet standards?',
      'Storage AES-256-GCM; digests SHA-256 and SM3; tree of the batch RFC 9162; time stamps RFC 3161, where there are any',
      'environment.json; proof bundle',
      'Reports of conformity tests',
    ],
    [
      '18',
      'Before going on chain: source, generation, storage, notary, witnesses, corroboration',
      `Each step from upload to approval with its time (stated by the platform; ${boundText(facts)}); the owner’s registration and verification${isRegistration ? '; the form and documents of the registration' : ''}; ${tokensText(facts)}`,
      `process-log.jsonl; owner-trail.jsonl; custody.md${isRegistration ? '; dossier.json; documents/' : ''}`,
      'How the work was made; custody before the upload; a notary; anybody beside the platform who saw the upload',
    ],
    [
      '19',
      'Opinion of experts; appraisal; other evidence',
      'Each line of the process log has a number and a digest to compare with the platform’s audit log, whose digest goes on chain daily',
      'process-log.jsonl',
      'The audit log itself, which holds rows of others: the platform gives it to a court on order',
    ],
  ];
}

function standardRows({ environment }: DossierFacts): Row[] {
  return [
    [
      '4',
      'Provider',
      'Name, telephone and filing number of the operator (stated by the platform)',
      'environment.json',
      'Qualifications and staff',
    ],
    [
      '5',
      'Platform',
      `Versions, encryption of the storage, state of the clock (${clockText(environment)})`,
      'environment.json; custody.md',
      'Graded assessment; offset from the national time service',
    ],
    [
      '6',
      'Process',
      'Arrival, comparison, review, anchoring and issue, step by step',
      'process-log.jsonl; custody.md; proof bundle',
      'Devices and network addresses (not in this package)',
    ],
  ];
}

function clockText({ clock, clockOffset }: DossierFacts['environment']): string {
  if (clockOffset) return `${clockOffset.offsetMs} ms from NTP time (servers that answered: ${clockOffset.servers})`;
  return clock === 'synchronised-by-ntp' ? 'synchronised by NTP' : 'NTP not observed';
}

function boundText(facts: DossierFacts): string {
  const lines = boundLines(facts);
  return lines === undefined
    ? 'the process log is not on record'
    : `the first ${lines} lines of the process log are on record`;
}

function signatureText({ signer }: DossierFacts): string {
  if (!signer) return 'certificate.pdf bears no electronic signature: the proof bundle counts, not the printed text';
  if (signer.isDevelopment)
    return 'certificate.pdf bears a signature of a development certificate, which shows nothing: the proof bundle counts, not the printed text';
  return `certificate.pdf bears the electronic signature (PAdES) of ${quoted(signer.name)}: whose certificate that is, the trust file or the authority that issued it has to show`;
}

const tokensText = ({ facts: { tokens } }: DossierFacts): string =>
  tokens > 0
    ? `trusted time stamps of outside authorities: ${tokens}`
    : 'no trusted time stamp of an outside authority';
