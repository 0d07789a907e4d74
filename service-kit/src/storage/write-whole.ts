// SPDX-License-Identifier: Apache-2.0
// Writes all of it or throws. `write` and `writev` of Node may stop early without an error, as they do when a disk
// fills up in the middle: what looks written would then be torn.
import type { FileHandle } from 'node:fs/promises';

/** Writes the parts one after another, at the position, or at the end of what was written before. */
export async function writeWhole(handle: FileHandle, parts: readonly Uint8Array[], position?: number): Promise<void> {
  const length = parts.reduce((total, part) => total + part.length, 0);
  let { bytesWritten: done } = await handle.writev([...parts], position);
  if (done === length) return;
  const whole = Buffer.concat(parts);
  while (done < length) {
    const at = position === undefined ? null : position + done;
    done += (await handle.write(whole, done, length - done, at)).bytesWritten;
  }
}
