// SPDX-License-Identifier: Apache-2.0
// For development: what would be sent is written to a file that only its owner reads, one line of JSON per message.
import { appendFile, chmod, rename, stat } from 'node:fs/promises';

/** A file of this size is set aside as `.1`, in place of the one before. */
const MAX_FILE_BYTES = 1_048_576;

export type WriteLine = (message: object) => Promise<void>;

/** Each line is {at, …message}. */
export function outboxFile(file: string): WriteLine {
  // One message at a time: two that set the file aside at once would lose one of the two files.
  let last: Promise<void> = Promise.resolve();
  const write = async (message: object) => {
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    if (size >= MAX_FILE_BYTES) await rename(file, `${file}.1`);
    const line = `${JSON.stringify({ at: new Date().toISOString(), ...message })}\n`;
    await appendFile(file, line, { mode: 0o600 });
    // The mode above counts only when the file is made.
    await chmod(file, 0o600);
  };
  return (message) => {
    const written = last.then(() => write(message));
    last = written.catch(() => undefined);
    return written;
  };
}
