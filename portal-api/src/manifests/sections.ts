// SPDX-License-Identifier: Apache-2.0
// The parts of a manifest, each salted so that it can be disclosed or erased alone.
import { createHash, randomBytes } from 'node:crypto';
import { FILES_SECTION, type JsonValue, PROCESS_SECTION, type Section } from '@inkseal/verifier';

const SALT_BYTES = 32;

export interface ListedFile {
  name: string;
  /** Bytes, in decimal digits. */
  size: string;
  /** Null while nobody knows. */
  mediaType: string | null;
  sha256: string;
  sm3: string;
  uploadedAt: string;
}

/** Names the submission whose time an entry stands on. */
interface SubmissionEntry {
  number: string;
  sha256: string;
  receivedAt: string;
}

/** With a new salt each time. */
export function salted(name: string, content: JsonValue): Section {
  return { name, salt: randomBytes(SALT_BYTES).toString('hex'), content };
}

export function filesSection(files: readonly ListedFile[]): Section {
  return salted(FILES_SECTION, files.map(listedFile));
}

export function submissionSection({ number, sha256, receivedAt }: SubmissionEntry): Section {
  return salted('submission', { number, sha256, receivedAt });
}

/** Binds the audit log of what led to the entry: the first lines of an evidence package's `process-log.jsonl`. */
export function processSection(lines: readonly string[]): Section {
  const sha256 = createHash('sha256').update(lines.join('')).digest('hex');
  return salted(PROCESS_SECTION, { lines: String(lines.length), sha256 });
}

function listedFile({ name, size, mediaType, sha256, sm3, uploadedAt }: ListedFile): JsonValue {
  return { name, size, mediaType: mediaType ?? 'application/octet-stream', sha256, sm3, uploadedAt };
}
