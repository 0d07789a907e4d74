// The check of an evidence package: does what came along with the proof belong to it? (docs/evidence-package.md)
import type { Bundle } from '../bundle/bundle.ts';
import { listedFilesOf, parseBundle } from '../bundle/parse.ts';
import { canonicalText } from '../encoding/canonical.ts';
import { BundleFormatError, VerificationError } from '../errors.ts';
import type { Finding, PackageEntryFact } from '../report.ts';
import { compareFiles, type FileDigest } from './content.ts';
import { isBoundLog, isRecordedDocument, type Recorded, recordedIn } from './recorded.ts';

/** An entry of a package beside its proof. */
export interface PackageEntry extends FileDigest {
  /** As the zip names it. */
  readonly name: string;
  readonly place: 'originals' | 'documents' | 'process-log' | 'time-stamp' | 'sums' | 'other';
  /** Whether it is as the package's own `SHA256SUMS` and `manifest.json` say; undefined if neither lists it. */
  readonly isAsListed?: boolean;
  /** A part of the packages that we issued before their sums listed every entry. */
  readonly isKnown: boolean;
  readonly isCertificate: boolean;
  /** Of a PDF that may be a certificate: the proof attached to it. */
  readonly certificate?: { readonly proof?: Uint8Array };
  /** Of the process log: its bytes, unless it is longer than any of ours. */
  readonly log?: Uint8Array;
}

export interface PackageContents {
  /** Whether the sums list every entry, as those of new packages do. */
  readonly isListed: boolean;
  readonly entries: readonly PackageEntry[];
}

/** How each entry stands to the proof. */
export function rolesOf({ entries }: PackageContents, bundle: Bundle | undefined): PackageEntryFact[] {
  const listed = (bundle && listedFilesOf(bundle)) ?? [];
  const recorded = bundle && recordedIn(bundle);
  return entries.map((entry) => {
    const [file] = compareFiles([entry], listed);
    const isListedFile = file?.outcome === 'match';
    return { name: entry.name, ...roleOf(entry, { bundle, recorded, isListedFile }) };
  });
}

/** The entries that are compared with the files that the proof lists. */
export function originalsIn(contents: PackageContents | undefined, bundle: Bundle): FileDigest[] {
  if (!contents) return [];
  const roles = rolesOf(contents, bundle);
  return contents.entries
    .filter((_, place) => roles[place]?.role === 'original')
    .map(({ name, size, sha256, sm3 }) => ({ name, size, sha256, ...(sm3 !== undefined && { sm3 }) }));
}

/** Originals are left to the check of files. */
export function checkPackage(contents: PackageContents, bundle: Bundle | undefined): Finding {
  const roles = rolesOf(contents, bundle);
  const foreign = roles.find(({ role, outcome }) => role === 'certificate' && outcome === 'mismatch');
  if (foreign) {
    const entry = contents.entries.find(({ name }) => name === foreign.name);
    throw new VerificationError('certificate-foreign', `${foreign.name} does not carry the proof of this package`, {
      expected: bundle ? `the proof of number ${bundle.statement.number}` : 'the proof of this package',
      found: describeProof(entry?.certificate?.proof),
    });
  }
  const unrecorded = roles.find(({ role, outcome }) => RECORDED_BY[role] && outcome === 'mismatch');
  if (unrecorded) {
    const entry = contents.entries.find(({ name }) => name === unrecorded.name);
    throw new VerificationError('entry-unrecorded', `${unrecorded.name} is another than the proof puts on record`, {
      expected: RECORDED_BY[unrecorded.role] ?? 'the proof',
      found: entry?.sha256 ?? 'none',
    });
  }
  const altered = contents.entries.find(({ isAsListed }) => isAsListed === false);
  if (altered) {
    throw new VerificationError('entry-altered', `${altered.name} differs from the digest that the package lists`, {
      expected: 'the digests in SHA256SUMS and manifest.json',
      found: altered.sha256,
    });
  }
  const accounted = roles.filter(({ role }) => role !== 'unaccounted');
  return { detail: `${accounted.length} of ${roles.length} other entries are accounted for` };
}

type Role = Pick<PackageEntryFact, 'role' | 'outcome'>;

/** What of the proof puts an entry on record. */
const RECORDED_BY: Readonly<Partial<Record<Role['role'], string>>> = {
  document: 'the section documents',
  process: 'the section process',
  'time-stamp': 'a time stamp of the proof',
};

interface Beside {
  readonly bundle: Bundle | undefined;
  readonly recorded: Recorded | undefined;
  readonly isListedFile: boolean;
}

function roleOf(entry: PackageEntry, { bundle, recorded, isListedFile }: Beside): Role {
  const { place, certificate, isCertificate, isAsListed, isKnown } = entry;
  if (place === 'originals' || isListedFile) return { role: 'original', outcome: isListedFile ? 'match' : 'mismatch' };
  const recordedRole = recorded && recordedRoleOf(entry, recorded);
  if (recordedRole) return recordedRole;
  if (isCertificate || certificate?.proof) {
    const isSame = bundle !== undefined && isProofOf(certificate?.proof, bundle);
    return { role: 'certificate', outcome: isSame ? 'match' : 'mismatch' };
  }
  if (place === 'sums') return { role: 'sums', outcome: 'not-compared' };
  if (isAsListed !== undefined) return { role: 'listed', outcome: isAsListed ? 'match' : 'mismatch' };
  return { role: isKnown ? 'known' : 'unaccounted', outcome: 'not-compared' };
}

/** Of what the proof binds; undefined where it does not. A document may itself be a certificate of another work. */
function recordedRoleOf(entry: PackageEntry, recorded: Recorded): Role | undefined {
  if (entry.place === 'time-stamp')
    return { role: 'time-stamp', outcome: recorded.timeStamps.has(entry.sha256) ? 'match' : 'mismatch' };
  if (recorded.documents && entry.place === 'documents')
    return { role: 'document', outcome: isRecordedDocument(entry, recorded) ? 'match' : 'mismatch' };
  if (entry.place !== 'process-log' || !recorded.log) return undefined;
  return { role: 'process', outcome: isBoundLog(entry.log, recorded.log) ? 'match' : 'mismatch' };
}

// The same statement with another status, or with other sections disclosed, is the same proof.
function isProofOf(proof: Uint8Array | undefined, bundle: Bundle): boolean {
  const other = proof && tryParse(proof);
  return other !== undefined && canonicalText(other.statement) === canonicalText(bundle.statement);
}

function describeProof(proof: Uint8Array | undefined): string {
  if (!proof) return 'no proof';
  const number = tryParse(proof)?.statement.number;
  return number === undefined ? 'another kind of proof' : `the proof of number ${number}`;
}

function tryParse(proof: Uint8Array): Bundle | undefined {
  try {
    return parseBundle(proof);
  } catch (error) {
    if (error instanceof BundleFormatError) return undefined;
    throw error;
  }
}
