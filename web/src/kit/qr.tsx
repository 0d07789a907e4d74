// SPDX-License-Identifier: Apache-2.0
import { create } from 'qrcode';

/** What scanners need around the code, in modules. */
const QUIET_ZONE = 4;

/** A QR code as one path. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const side = modules.size + 2 * QUIET_ZONE;
  return (
    <svg className="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
      <path fill="#1b1d20" d={pathOf(modules)} />
    </svg>
  );
}

/** One rectangle per run of dark modules. */
function pathOf({ size, data }: { size: number; data: Uint8Array }): string {
  const runs: string[] = [];
  for (let row = 0; row < size; row += 1) {
    const line = Array.from(data.subarray(row * size, (row + 1) * size), (module) => (module ? '1' : '0')).join('');
    for (const run of line.matchAll(/1+/g)) {
      runs.push(`M${run.index + QUIET_ZONE} ${row + QUIET_ZONE}h${run[0].length}v1h-${run[0].length}z`);
    }
  }
  return runs.join('');
}
