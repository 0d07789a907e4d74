// A file to be read. Nothing else is opened: a pipe that nobody writes to, or a device without an end, would never be done.
import { type FileHandle, open, stat } from 'node:fs/promises';
import { InputError } from './arguments.ts';

/** Opens a file for as long as `use` takes. Throws InputError, also for what `use` throws. */
export async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined;
  try {
    if (!(await stat(path)).isFile()) throw new InputError('not a file');
    file = await open(path);
    return await use(file);
  } catch (error) {
    throw new InputError(`cannot read ${path}: ${error instanceof Error ? error.message : 'unknown'}`, {
      cause: error,
    });
  } finally {
    await file?.close();
  }
}
