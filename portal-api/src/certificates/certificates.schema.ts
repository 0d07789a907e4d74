// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const instant = z.iso.datetime();

/** What the owner's page shows of a certificate. */
export const certificateViewSchema = z
  .object({
    number: z.string(),
    version: z.int().meta({ description: '1, and one more with each 补发 or 变更' }),
    documentNumber: z.string().meta({ description: '证单编号' }),
    receivedAt: instant,
    issuedAt: instant,
    isStamped: z
      .boolean()
      .meta({ description: 'Whether the PDF bears the stamp: validators back the block, and the centre signed it' }),
    lookupUrl: z.string().meta({ description: 'With the look-up code in its fragment' }),
    typedCode: z.string(),
  })
  .meta({ id: 'IssuedCertificate' });

export type CertificateView = z.output<typeof certificateViewSchema>;
