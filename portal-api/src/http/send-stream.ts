// SPDX-License-Identifier: Apache-2.0
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** A reader who went away, before the first byte or after it. */
const GONE: readonly unknown[] = ['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_UNABLE_TO_PIPE'];

/** The rest of an answer. That its reader goes away is no failure of ours; the stream ends with it. */
export async function sendStream(stream: Readable, res: Response): Promise<void> {
  try {
    await pipeline(stream, res);
  } catch (error) {
    stream.destroy();
    if (!(error instanceof Error && 'code' in error && GONE.includes(error.code))) throw error;
  }
}
