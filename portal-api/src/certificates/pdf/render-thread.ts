// SPDX-License-Identifier: Apache-2.0
// What the threads of renderer.ts run.
import { workerData } from 'node:worker_threads';
import { openFonts } from '../../fonts/index.ts';
import type { Printed } from './printed-certificate.ts';
import { renderCertificate } from './render-certificate.ts';

export interface RenderRequest {
  printed: Printed;
  /** A preview has none. */
  bundle?: Uint8Array;
}

export interface RenderSettings {
  fontFolder: string | undefined;
}

const { fontFolder } = workerData as RenderSettings; // from renderer.ts
const fonts = openFonts({ folder: fontFolder });

export function render({ printed, bundle }: RenderRequest): Promise<Buffer> {
  return renderCertificate(printed, bundle, fonts);
}
