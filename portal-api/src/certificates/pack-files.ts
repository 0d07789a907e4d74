// SPDX-License-Identifier: Apache-2.0
// Which originals and documents an evidence package holds, and under which names.
import type { PackedFile } from './readme-facts.ts';

export interface FileToPack {
  uploadId: string;
  name: string;
  size: string;
  sha256: string;
  sm3: string | null;
}

interface Request {
  files: readonly FileToPack[];
  documents: readonly (FileToPack & { kind: string })[];
  /** Bytes of all of them together. */
  limitBytes: number;
}

/** The smaller ones first, as long as they fit; the rest are pointers. */
export function packFiles({ files, documents, limitBytes }: Request): Record<'originals' | 'documents', PackedFile[]> {
  const bySize = [...files, ...documents].toSorted((a, b) => Number(a.size) - Number(b.size));
  const included = new Set<FileToPack>();
  let total = 0;
  for (const file of bySize) {
    total += Number(file.size);
    if (total <= limitBytes) included.add(file);
  }
  const packed = (file: FileToPack, name: string): PackedFile => ({
    uploadId: file.uploadId,
    name,
    size: Number(file.size),
    sha256: file.sha256,
    sm3: file.sm3 ?? undefined,
    isIncluded: included.has(file),
  });
  return {
    originals: files.map((file, index) => packed(file, `originals/${placeOf(index)} ${entryName(file.name)}`)),
    documents: documents.map((file, index) =>
      packed(file, `documents/${placeOf(index)} ${file.kind} ${entryName(file.name)}`),
    ),
  };
}

const placeOf = (index: number): string => String(index + 1).padStart(2, '0');

/** A name that is a name on every system: no path, no device, no control sign. And no name of a proof: a package has one. */
function entryName(name: string): string {
  const safe = name.replace(/[\p{Cc}\p{Cf}\p{Cs}"*/:<>?\\|]/gu, '_').replace(/[. ]+$/, '_');
  return Array.from(safe.replace(/\.proof\.json$/, '_proof.json'))
    .slice(-120)
    .join('');
}
