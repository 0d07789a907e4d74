// What a package itself lists of its entries: `SHA256SUMS` for sha256sum, and `manifest.json` with sizes and SM3 too. Neither is
// signed, so they show only that the package is as it was made, or was changed by somebody who changed the lists as well.
import type { FileDigest } from '../checks/content.ts';
import { JsonError, type JsonValue, memberOf, readJson } from '../encoding/json.ts';

export const SUMS_NAME = 'SHA256SUMS';
export const MANIFEST_NAME = 'manifest.json';

/** Members by name; undefined for one of another form. */
type Listed = Readonly<Record<'size' | 'sha256' | 'sm3', string | undefined>>;

export interface PackageLists {
  readonly sums: ReadonlyMap<string, string>;
  readonly manifest: ReadonlyMap<string, Listed>;
}

/** Whether an entry is as both lists say; undefined if neither names it. */
export function hasListed({ sums, manifest }: PackageLists, name: string, digest: FileDigest): boolean | undefined {
  const sum = sums.get(name);
  const listed = manifest.get(name);
  if (sum === undefined && listed === undefined) return undefined;
  const isAsSummed = sum === undefined || sum === digest.sha256;
  return isAsSummed && (listed === undefined || isSame(listed, digest));
}

/** One that lists no SHA-256 lists nothing; SM3 and size are compared where they are listed. */
const isSame = ({ size, sha256, sm3 }: Listed, digest: FileDigest): boolean =>
  sha256 === digest.sha256 &&
  (sm3 === undefined || sm3 === digest.sm3) &&
  (size === undefined || size === String(digest.size));

/** The digests that `SHA256SUMS` lists, by name. */
export function readSums(bytes: Uint8Array | undefined): Map<string, string> {
  const text = new TextDecoder().decode(bytes);
  const lines = [...text.matchAll(/^([0-9a-f]{64}) [ *](.+?)\r?$/gm)];
  return new Map(lines.map(([, sha256 = '', name = '']) => [name, sha256]));
}

/** What `manifest.json` lists, by name; nothing where it is of another form than ours. */
export function readManifest(bytes: Uint8Array | undefined): Map<string, Listed> {
  const files = bytes && memberOf(jsonOf(bytes), 'files');
  const listed = new Map<string, Listed>();
  for (const file of Array.isArray(files) ? files : []) {
    const [name, sha256] = [textOf(file, 'name'), textOf(file, 'sha256')];
    if (name !== undefined && sha256 !== undefined)
      listed.set(name, { sha256, size: textOf(file, 'size'), sm3: textOf(file, 'sm3') });
  }
  return listed;
}

function jsonOf(bytes: Uint8Array): JsonValue | undefined {
  try {
    return readJson(bytes);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

const textOf = (value: JsonValue, name: string): string | undefined => {
  const member = memberOf(value, name);
  return typeof member === 'string' ? member : undefined;
};
