// SPDX-License-Identifier: Apache-2.0
// How the certificate of an order would look, before the order is submitted. Never stored.
import type { Section } from '@inkseal/verifier';
import { printedContentOf } from './facts.ts';
import { type IssueParts, siteNameOf } from './issue-certificate.ts';
import type { Renderer } from './pdf/renderer.ts';

export type PreviewParts = Pick<IssueParts, 'publicUrl'> & Pick<Renderer, 'preview'>;

/** Draws what would go on record. */
export function previewCertificate(
  { publicUrl, preview }: PreviewParts,
  sections: readonly Section[],
): Promise<Buffer> {
  return preview({
    isPreview: true,
    facts: printedContentOf(sections),
    madeAt: new Date().toISOString(),
    siteName: siteNameOf(publicUrl()),
  });
}
