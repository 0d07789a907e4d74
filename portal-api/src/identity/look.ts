// SPDX-License-Identifier: Apache-2.0
// A real name in clear, for staff who have said why; whoever calls this writes the look into the audit log first.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { contextOf, type IdSide } from './identity.store.ts';
import type { CheckOutcome } from './identity-check.ts';

export interface SeenIdentity {
  id: string;
  name: string;
  idNumber: string;
  address: string;
  /** Pictures that are still kept. */
  sides: IdSide[];
  /** What an outside service said of name and number; null where none did. */
  check: { outcome: CheckOutcome; at: string } | null;
}

export interface IdentityLook {
  /** The newest version; undefined where nothing was ever saved. */
  see(accountId: string): Promise<SeenIdentity | undefined>;
  picture(accountId: string, side: IdSide): Promise<Buffer | undefined>;
  /** Of one version. */
  pictureOf(identityId: string, side: IdSide): Promise<Buffer | undefined>;
}

export function createIdentityLook({ prisma }: Pick<Database, 'prisma'>, vault: Vault): IdentityLook {
  const pictureWhere = async (where: Prisma.IdentityWhereInput, side: IdSide) => {
    const row = await prisma.identity.findFirst({ where, select: { frontImage: true, backImage: true } });
    const image = side === 'front' ? row?.frontImage : row?.backImage;
    return image ? vault.decrypt(image.cipher, `private_image:${image.id}`) : undefined;
  };
  return {
    async see(accountId) {
      const row = await prisma.identity.findFirst({ where: { accountId, supersededAt: null } });
      if (!row) return undefined;
      const decrypt = (field: string, cipher: Uint8Array) => vault.decryptText(cipher, contextOf(row.id, field));
      const sides = (['front', 'back'] as const).filter((side) => imageIdOf(row, side) !== null);
      return {
        id: row.id,
        name: decrypt('name', row.nameCipher),
        idNumber: decrypt('id-number', row.idNumberCipher),
        address: decrypt('address', row.addressCipher),
        sides,
        check: row.checkOutcome && row.checkedAt && { outcome: row.checkOutcome, at: row.checkedAt.toISOString() },
      };
    },

    picture: (accountId, side) => pictureWhere({ accountId, supersededAt: null }, side),
    pictureOf: (id, side) => pictureWhere({ id }, side),
  };
}

function imageIdOf(row: { frontImageId: string | null; backImageId: string | null }, side: IdSide): string | null {
  return side === 'front' ? row.frontImageId : row.backImageId;
}
