// SPDX-License-Identifier: Apache-2.0
// The files of a package with when they came in.
import type { DossierFacts } from './dossier-facts.ts';

export interface KeptFile {
  /** In the package, or where it would be. */
  name: string;
  size: number;
  sha256: string;
  /** Announced, first byte, all received. */
  times: readonly (Date | null)[];
  /** Which scanner found nothing in it; null when none looked. */
  scannedBy: string | null;
}

export function keptFiles({ originals, documents, received }: DossierFacts): KeptFile[] {
  return [...originals, ...documents].map(({ name, size, sha256, uploadId }) => {
    const {
      announcedAt = null,
      firstByteAt = null,
      completedAt = null,
      scannedBy = null,
    } = received.find((upload) => upload.uploadId === uploadId) ?? {};
    return { name, size, sha256, times: [announcedAt, firstByteAt, completedAt], scannedBy };
  });
}

/** Of the files that came in: whether all, some or none were looked through for malware, and by what. */
export function malwareScanOf(facts: DossierFacts): {
  state: 'performed' | 'partly-performed' | 'not-performed';
  engines: string[];
} {
  const files = keptFiles(facts);
  const scanned = files.flatMap(({ scannedBy }) => scannedBy ?? []);
  const state =
    scanned.length === 0 ? 'not-performed' : scanned.length === files.length ? 'performed' : 'partly-performed';
  return { state, engines: [...new Set(scanned)] };
}
