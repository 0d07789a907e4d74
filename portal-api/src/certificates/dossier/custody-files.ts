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
}

export function keptFiles({ originals, documents, received }: DossierFacts): KeptFile[] {
  return [...originals, ...documents].map(({ name, size, sha256, uploadId }) => {
    const {
      announcedAt = null,
      firstByteAt = null,
      completedAt = null,
    } = received.find((upload) => upload.uploadId === uploadId) ?? {};
    return { name, size, sha256, times: [announcedAt, firstByteAt, completedAt] };
  });
}
