// A file to be read. Nothing else is opened: a pipe that nobody writes to, or a device without an end, would never be done.
import { type FileHandle, open, stat } from 'node:fs/promises';
import { InputError } from './input-error.ts';

/** Opens a file for as long as `use` takes. Throws InputError, also for what `use` throws. */
export async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined;
  try {
    if (!(await stat(path)).isFile()) throw new InputError('not-a-file', path);
    file = await open(path);
    return await use(file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('cannot-read', path, { cause: error });
  } finally {
    await file?.close();
  }
}
