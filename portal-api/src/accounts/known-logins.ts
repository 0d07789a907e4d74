// SPDX-License-Identifier: Apache-2.0
// Tells members of a login from a device or network that the account has not been used from. Both are coarse, so that the
// next version of a browser or another address in the same network counts as known.
import type { Vault } from '../crypto/vault.ts';
import type { Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import type { Device } from '../http/device.ts';
import { notify } from '../notifications/index.ts';

export interface KnownLogins {
  /** In the transaction of the login. An account's first login is not reported. */
  note(tx: Transaction, login: { accountId: string; device: Device }): Promise<void>;
}

export function createKnownLogins(vault: Vault): KnownLogins {
  const indexOf = (accountId: string, origin: string) => vault.blindIndex('login-origin', `${accountId} ${origin}`);
  return {
    async note(tx, { accountId, device }) {
      const { browser, system, place } = device;
      const at = new Date();
      const isFirst = (await tx.prisma.knownLogin.count({ where: { accountId } })) === 0;
      const isNew = (origin: string) => remember(tx, { accountId, originIndex: indexOf(accountId, origin), at });
      const isNewDevice = await isNew(`${browser} ${system}`);
      const isNewPlace = await isNew(place);
      if (isFirst || !(isNewDevice || isNewPlace)) return;
      const kind = isNewDevice ? 'login-new-device' : 'login-new-network';
      const data = { at: at.toISOString(), ...device };
      await notify(tx, { to: { accountId }, kind, subject: `login:${newId()}`, data });
    },
  };
}

/** True when it was not known. */
async function remember(
  { prisma }: Transaction,
  { accountId, originIndex, at }: { accountId: string; originIndex: Uint8Array<ArrayBuffer>; at: Date },
): Promise<boolean> {
  const key = { accountId, originIndex };
  const { count } = await prisma.knownLogin.updateMany({ where: key, data: { lastSeenAt: at } });
  if (count > 0) return false;
  // Two logins at once: one of them is the first.
  const made = await prisma.knownLogin.createMany({ data: [{ ...key, lastSeenAt: at }], skipDuplicates: true });
  return made.count > 0;
}
