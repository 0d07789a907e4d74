// The evidence manifest: a list of salted section digests, so that each section can be disclosed or erased alone.

import { toHex, utf8 } from '../encoding/bytes.ts';
import { canonicalBytes } from '../encoding/canonical.ts';
import { canonicalSourceOf, type JsonValue } from '../encoding/json.ts';
import { sha256, sha256OfLong, sm3 } from '../hash.ts';

export interface Manifest {
  readonly v: 1;
  readonly sections: readonly { readonly name: string; readonly sha256: string }[];
}

/** A disclosed section. Its salt keeps a digest of guessable content from being guessed. */
export interface Section {
  readonly name: string;
  /** 32 random bytes, hex. */
  readonly salt: string;
  readonly content: JsonValue;
}

/** The name of the section that lists the files put on record. */
export const FILES_SECTION = 'files';

/** The name of the section that lists the documents of a registration; its samples are among `files` too. */
export const DOCUMENTS_SECTION = 'documents';

/** The name of the section that binds the process log of an evidence package. */
export const PROCESS_SECTION = 'process';

/** One file as the section `files` lists it. */
export interface ListedFile {
  readonly name: string;
  /** Bytes, decimal. */
  readonly size: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly sm3?: string;
  /** When the operator says the first byte arrived. */
  readonly uploadedAt?: string;
}

/** The digest that a manifest lists for a section: SHA-256 of its RFC 8785 bytes, hex. */
export const sectionDigest = (section: Section): string => toHex(sha256(sectionBytes(section)));

/** The same of a section that somebody else wrote, and that may be as long as a file may. */
export async function foreignSectionDigest(section: Section): Promise<string> {
  return toHex(await sha256OfLong(sectionBytes(section)));
}

function sectionBytes(section: Section): Uint8Array {
  const source = canonicalSourceOf(section);
  return source === undefined ? canonicalBytes(section) : utf8(source);
}

/** The digests of a manifest that a statement carries, hex. */
export async function manifestDigests(manifest: Manifest): Promise<{ sha256: string; sm3: string }> {
  const bytes = canonicalBytes(manifest);
  return { sha256: toHex(sha256(bytes)), sm3: toHex(await sm3(bytes)) };
}
