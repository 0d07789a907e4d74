// Checks 1 to 3: the files in hand, the disclosed sections, the manifest.
import type { Bundle } from '../bundle/bundle.ts';
import { listedFilesOf } from '../bundle/parse.ts';
import { VerificationError } from '../errors.ts';
import type { FileResult, Finding } from '../report.ts';
import { foreignSectionDigest, type ListedFile, manifestDigests } from '../statement/manifest.ts';
import { NotRun, requireEqual } from './run.ts';

/** A file in the caller's hands: its size in bytes and its digests, hex. SM3 is compared where both sides have it. */
export interface FileDigest {
  readonly name?: string;
  readonly size: number;
  readonly sha256: string;
  readonly sm3?: string;
}

/** Each file beside the listed one it equals. */
export function compareFiles(files: readonly FileDigest[], listed: readonly ListedFile[]): FileResult[] {
  return files.map((file) => {
    const match = listed.find((entry) => isSameFile(file, entry));
    const { name, sha256 } = file;
    return {
      ...(name !== undefined && { name }),
      sha256,
      outcome: match ? 'match' : 'mismatch',
      ...(match && { listedAs: match.name }),
    };
  });
}

/** How many of the listed files were handed in, each counted once. */
export const countCompared = (files: readonly FileDigest[], listed: readonly ListedFile[]): number =>
  listed.filter((entry) => files.some((file) => isSameFile(file, entry))).length;

export function checkFile(bundle: Bundle, files: readonly FileDigest[]): Finding {
  if (files.length === 0) throw new NotRun('no-file', 'no file was handed in');
  const listed = listedFilesOf(bundle);
  if (!listed) {
    throw new VerificationError('files-not-disclosed', 'the bundle does not disclose which files it is about', {
      expected: 'the section files',
      found: 'none',
    });
  }
  const other = compareFiles(files, listed).find(({ outcome }) => outcome === 'mismatch');
  if (other) {
    throw new VerificationError('file-mismatch', `${other.name ?? 'a file'} is not one of the files put on record`, {
      expected: listed.map(({ sha256 }) => sha256).join(', '),
      found: other.sha256,
    });
  }
  return {
    detail: `${countCompared(files, listed)} of ${listed.length} listed files compared`,
    found: files.map(({ sha256 }) => sha256).join(', '),
  };
}

export async function checkSections({ sections, manifest }: Bundle): Promise<Finding> {
  if (!sections || !manifest) throw new NotRun('no-sections', 'no section is disclosed');
  const listed = new Map(manifest.sections.map(({ name, sha256 }) => [name, sha256]));
  const unlisted = sections.find(({ name }) => !listed.has(name));
  if (unlisted) {
    throw new VerificationError('section-unlisted', `the manifest lists no section ${unlisted.name}`, {
      expected: [...listed.keys()].join(', '),
      found: unlisted.name,
    });
  }
  for (const section of sections) {
    const detail = `the section ${section.name} is another than the manifest lists`;
    const expected = listed.get(section.name) ?? '';
    requireEqual('section-mismatch', detail, { expected, found: await foreignSectionDigest(section) });
  }
  return {
    detail: `${sections.length} of ${listed.size} sections disclosed`,
    found: sections.map(({ name }) => name).join(', '),
  };
}

export async function checkManifest({ manifest, statement }: Bundle): Promise<Finding> {
  if (!manifest) throw new NotRun('no-manifest', 'the manifest is not disclosed');
  const found = await manifestDigests(manifest);
  const detail = 'the manifest is another than the statement names';
  requireEqual('manifest-mismatch', detail, { expected: statement.sha256, found: found.sha256 });
  if (statement.sm3 !== undefined) {
    requireEqual('manifest-sm3-mismatch', detail, { expected: statement.sm3, found: found.sm3 });
  }
  return {
    detail: 'the manifest is the one that the statement names',
    expected: statement.sha256,
    found: found.sha256,
  };
}

function isSameFile(file: FileDigest, entry: ListedFile): boolean {
  const isSm3Other = file.sm3 !== undefined && entry.sm3 !== undefined && file.sm3 !== entry.sm3;
  return file.sha256 === entry.sha256 && String(file.size) === entry.size && !isSm3Other;
}
