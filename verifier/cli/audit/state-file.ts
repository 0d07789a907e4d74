// What an audit saves of itself, so that another run can go on: written whole or not at all.
import { open, readFile, rename, rm } from 'node:fs/promises';
import type { SavedAudit } from '../../src/audit/index.ts';
import { InputError } from '../input-error.ts';
import { isObject } from '../json-rpc.ts';
import { AuditInputError } from './audit-input-error.ts';

export interface StateFile {
  /** Undefined where there is none. Throws InputError for a file that holds something else. */
  read(): Promise<SavedAudit | undefined>;
  write(saved: SavedAudit): Promise<void>;
  /** Once the audit is done. */
  remove(): Promise<void>;
}

/** Without a path nothing is kept. */
export function stateFile(path: string | undefined): StateFile {
  if (path === undefined) return { read: async () => undefined, write: async () => {}, remove: async () => {} };
  return {
    read: () => readState(path),
    async write(saved) {
      const beside = `${path}.new`;
      const file = await open(beside, 'w', 0o600);
      try {
        await file.writeFile(JSON.stringify(saved));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, path);
    },
    remove: () => rm(path, { force: true }),
  };
}

async function readState(path: string): Promise<SavedAudit | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isObject(error) && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new InputError('cannot-read', path, { cause: error });
  }
  const saved = parsed(text);
  if (!isSaved(saved)) throw new AuditInputError('no-state', path);
  return saved;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Our own file: its version stands for its form. */
const isSaved = (value: unknown): value is SavedAudit =>
  isObject(value) && 'v' in value && value.v === 1 && 'subject' in value && 'scope' in value && 'findings' in value;
