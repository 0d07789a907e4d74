// SPDX-License-Identifier: Apache-2.0
import type { FileHandle } from 'node:fs/promises';
import { expect } from 'chai';
import { writeWhole } from './write-whole.ts';

/** Takes at most `room` bytes in all, a few at a time, as a disk does that fills up. */
function nearlyFull(room: number, atOnce: number) {
  const written = Buffer.alloc(16);
  let left = room;
  const take = (bytes: Uint8Array, position: number) => {
    const count = Math.min(bytes.length, atOnce, left);
    if (count === 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    written.set(bytes.subarray(0, count), position);
    left -= count;
    return { bytesWritten: count };
  };
  const handle = {
    writev: async (parts: Uint8Array[], position: number) => take(Buffer.concat(parts), position),
    write: async (bytes: Buffer, offset: number, length: number, position: number) =>
      take(bytes.subarray(offset, offset + length), position),
  };
  // Only these two are called.
  return { written, handle: handle as unknown as FileHandle };
}

describe('writeWhole', () => {
  const parts = [Buffer.from('abc'), Buffer.from('defgh')];

  it('when the system writes a few bytes at a time › writes all of them in their places', async () => {
    const { written, handle } = nearlyFull(100, 3);
    await writeWhole(handle, parts, 2);
    expect(written.subarray(0, 11).toString()).to.equal('\0\0abcdefgh\0');
  });

  it('when the disk is full after a part › throws instead of leaving it torn', async () => {
    const { handle } = nearlyFull(5, 4);
    const error = await writeWhole(handle, parts, 0).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'ENOSPC' });
  });
});
