// SPDX-License-Identifier: Apache-2.0
// Custody: how the files came, how they are kept, who had access, and how they are handed over. Times come from our rows.
import { beijingTime } from '@inkseal/verifier';
import { boundLines } from './bound-lines.ts';
import { keptFiles, malwareScanOf } from './custody-files.ts';
import type { DossierFacts } from './dossier-facts.ts';
import { quoted, tableOf } from './table.ts';

const STORES = {
  'blocks-on-disk': 'a content-addressed block store on the platform’s own disk',
  kubo: 'an IPFS (Kubo) node',
  s3: 'an object store that speaks S3',
};

export function englishCustody(facts: DossierFacts): string {
  const { environment, facts: content, issuedAt } = facts;
  return `# Custody

Certificate ${content.number}. Operator: ${quoted(environment.operator.name.en)}. All of this is stated by the platform, unless it says what it can be compared with. All times UTC+8.

## Arrival of the files

${tableOf(['In the package', 'Bytes', 'SHA-256', 'Upload begun', 'First byte', 'All received'], filesRows(facts))}

The digests can be compared with the section files${'rights' in content ? ' and the section documents' : ''} of the proof bundle. The platform does not know who kept the files, and where, before the upload.

## Storage

- Files arrive in chunks, and each chunk is encrypted (AES-256-GCM) before it leaves memory: nothing is on a disk in clear. Each file has its own key, kept encrypted under the platform’s master key.
- Encrypted files are in ${STORES[environment.contentStore]}.
- SHA-256 and SM3 are computed while the platform receives. A file counts as received once every chunk was read back and opened.
- Each later reading checks integrity, and the platform reads all it stores again from time to time. When this package was first made (issued at ${beijingTime(issuedAt.toISOString())}), every file in it was read, and its length and integrity were checked.

## Who had access

process-log.jsonl lists every step that belongs to this certificate: upload, saving, submission, payment, review, anchoring, and each time that staff looked (actions that end in look) with the reason. Accounts appear by internal ids, without names. Automatic saves of drafts are left out. The log ends where this package was made.

owner-trail.jsonl lists the owner’s own records: registration, agreements, identity verification and, of a person, log-ins since the work was begun.

${lineText(facts)}

## Clocks

Times come from the clocks of the platform’s server and database. ${clockSentence(environment)} Block times in the proof bundle do not depend on these clocks${content.tokens > 0 ? ', nor do the time stamps of outside authorities' : ''}.

## What was not done

${scanSentence(facts)} No notary, and nobody beside the platform witnessed the upload.
`;
}

function filesRows(facts: DossierFacts): string[][] {
  return keptFiles(facts).map(({ name, size, sha256, times }) => [
    quoted(name),
    String(size),
    sha256,
    ...times.map((at) => (at ? beijingTime(at.toISOString()) : 'not noted')),
  ]);
}

function lineText(facts: DossierFacts): string {
  const lines = boundLines(facts);
  const bound =
    lines === undefined
      ? 'The proof bundle of this certificate does not bind the process log.'
      : `The digest of the first ${lines} lines of process-log.jsonl (the approval among them) is in the section process of the proof bundle, and verify.html compares it; the lines after them are stated by the platform.`;
  return `${bound} Each line is a row of the platform’s audit log:

\`\`\`
digest = SHA-256(32 bytes of previous ‖ seq ⏎ at ⏎ actor ⏎ action ⏎ subject ⏎ detail)
\`\`\`

⏎ is one line feed (0x0A), the text is UTF-8. previous is the digest of the row before, which may be somebody else’s, so the lines here need not follow each other directly; the platform verifies the whole chain each day, and its digest goes on chain each day.`;
}

function clockSentence({ clock, clockOffset }: DossierFacts['environment']): string {
  if (clockOffset)
    return `Before the issue the server’s clock was ${clockOffset.offsetMs} ms from NTP time, the median of what time servers answered (answers: ${clockOffset.servers}; measured at ${beijingTime(clockOffset.measuredAt.toISOString())}).`;
  if (clock === 'synchronised-by-ntp')
    return 'At the time of issue the server’s clock was synchronised by NTP (systemd-timesyncd).';
  return 'At the time of issue no NTP synchronisation was observed.';
}

function scanSentence(facts: DossierFacts): string {
  const { state, engines } = malwareScanOf(facts);
  if (state === 'not-performed')
    return 'No scan for malicious code: files are kept and handed over byte for byte, so scan them before you open them.';
  const which = state === 'performed' ? 'Each file was' : 'Some of the files were';
  return `${which} scanned on arrival by ${engines.join(', ')}, which found nothing${state === 'performed' ? '' : '; the others were not scanned'}. No scan was made with later signatures, so scan the files before you open them.`;
}
