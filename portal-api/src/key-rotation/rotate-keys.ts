// SPDX-License-Identifier: Apache-2.0
// Replaces the master key while portals run: a new key becomes the active one, the key of every stored value is wrapped again by
// it, and the old master key leaves the key file. Values themselves are not encrypted again.
//
// Killed at any point, the next run goes on: a second key in the file means that a rotation is under way. Portals read the file
// again when it changes. What one of them wrapped just before the change may be committed after our pass, so the old key stays
// until nothing that names it has appeared for `quietMs`.
import { setTimeout as pause } from 'node:timers/promises';
import { type MasterKeys, newMasterKey, readOrMakeKeyFile, replaceKeyFile } from '../crypto/key-file.ts';
import type { Vault } from '../crypto/vault.ts';
import { tryLock } from '../db/advisory-lock.ts';
import type { Database } from '../db/database.ts';
import { bindMasterKeys } from '../db/master-key.ts';
import { type Pass, wrapAgain } from './wrap-again.ts';

const LOOK_EVERY_MS = 1_000;

export interface Rotation {
  db: Database;
  /** Follows the key file. */
  vault: Vault;
  keyFile: string;
  /** Longer than any portal takes from encrypting a value to committing it. */
  quietMs: number;
  say(line: string): void;
}

export interface RotationResult {
  /** `busy`: another run is at it. `kept`: some values could not be opened, so the old keys stay. */
  outcome: 'rotated' | 'kept' | 'busy';
  active: string;
  retired: string[];
}

export async function rotateKeys(rotation: Rotation): Promise<RotationResult> {
  const lock = await tryLock(rotation.db.url, 'keyRotation');
  if (!lock) return { outcome: 'busy', active: rotation.vault.activeKeyId(), retired: [] };
  try {
    return await rotateLocked(rotation);
  } finally {
    await lock.release();
  }
}

async function rotateLocked(rotation: Rotation): Promise<RotationResult> {
  const { db, vault, keyFile, say } = rotation;
  const keys = beginRotation(keyFile, say);
  await bindMasterKeys(db, vault);
  const isClean = await wrapUntilQuiet(rotation);
  const { active } = keys;
  const retired = Object.keys(keys.keys).filter((id) => id !== active);
  if (!isClean) return { outcome: 'kept', active, retired: [] };
  await db.transaction(async (tx) => {
    // First: a portal that starts needs every key that the database names.
    await tx.prisma.masterKey.deleteMany({ where: { id: { not: active } } });
    const entry = { actor: 'system', action: 'master-key.rotate', subject: `master_key:${active}` };
    tx.record({ ...entry, detail: { retired } });
  });
  replaceKeyFile(keyFile, { ...keys, keys: pick(keys, active) });
  return { outcome: 'rotated', active, retired };
}

/** The keys of the file, of which there are several now. */
function beginRotation(keyFile: string, say: (line: string) => void): MasterKeys {
  const found = readOrMakeKeyFile(keyFile);
  if (Object.keys(found.keys).length > 1) {
    say(`going on with ${found.active}`);
    return found;
  }
  const { id, key } = newMasterKey();
  const keys = { ...found, active: id, keys: { ...found.keys, [id]: key } };
  replaceKeyFile(keyFile, keys);
  say(`${id} is the active key now`);
  return keys;
}

function pick({ keys }: MasterKeys, id: string): MasterKeys['keys'] {
  const key = keys[id];
  return key ? { [id]: key } : {};
}

/** False when a value could not be opened. */
async function wrapUntilQuiet({ db, vault, quietMs, say }: Rotation): Promise<boolean> {
  let quietSince = Date.now();
  for (;;) {
    const startedAt = Date.now();
    const { wrapped, failed }: Pass = await wrapAgain({ db, vault, say });
    if (failed > 0) return false;
    if (wrapped > 0) quietSince = Date.now();
    else if (startedAt - quietSince >= quietMs) return true;
    await pause(Math.min(LOOK_EVERY_MS, quietMs));
  }
}
