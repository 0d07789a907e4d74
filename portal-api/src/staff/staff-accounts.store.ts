// SPDX-License-Identifier: Apache-2.0
// Accounts as staff see them: found by an exact number alone, and masked.
import { phoneContext } from '../accounts/index.ts';
import { maskPhone } from '../crypto/masking.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { rolesSchema } from '../http/members.ts';
import { hasImages } from '../identity/index.ts';
import { countSessions } from './sessions.sql.ts';
import type { FoundAccount, StaffAccount } from './staff-accounts.api.ts';

export interface StaffAccountStore {
  find(where: Prisma.AccountWhereInput): Promise<FoundAccount[]>;
  /** Throws `account-not-found`. */
  read(id: string): Promise<Omit<StaffAccount, 'isOwn'>>;
}

const IN_FORCE = { where: { supersededAt: null } } as const;

const FOUND = {
  id: true,
  userNumber: true,
  phoneCipher: true,
  state: true,
  createdAt: true,
  roles: { orderBy: { role: 'asc' } },
  identities: IN_FORCE,
} as const satisfies Prisma.AccountSelect;

export function createStaffAccountStore({ prisma }: Database, vault: Vault): StaffAccountStore {
  return {
    async find(where) {
      const rows = await prisma.account.findMany({ where, select: FOUND, take: 10 });
      return rows.map((row) => ({
        ...factsOf(vault, row),
        roles: rolesSchema.parse(row.roles.map(({ role }) => role)),
      }));
    },

    async read(id) {
      const select = { ...FOUND, stateAt: true, sessionEpoch: true, totp: { select: { secretCipher: true } } };
      const row = await prisma.account.findUnique({ where: { id }, select });
      if (!row) throw new DomainError('account-not-found');
      const { stateAt, sessionEpoch, totp, identities } = row;
      const names = rolesSchema.parse(row.roles.map(({ role }) => role));
      return {
        ...factsOf(vault, row),
        stateAt: stateAt.toISOString(),
        roles: row.roles.flatMap(({ grantedAt, grantedBy }, index) => {
          const role = names[index];
          return role ? [{ role, grantedAt: grantedAt.toISOString(), grantedBy }] : [];
        }),
        sessions: row.state === 'ACTIVE' ? await countSessions(prisma, id, sessionEpoch) : 0,
        hasSecondStep: totp?.secretCipher != null,
        identity: identityOf(identities[0]),
      };
    },
  };
}

type FoundRow = Prisma.AccountGetPayload<{ select: typeof FOUND }>;

function factsOf(vault: Vault, { id, userNumber, phoneCipher, state, createdAt, identities }: FoundRow) {
  return {
    id,
    userNumber: `ID${userNumber}`,
    phone: maskPhone(vault.decryptText(phoneCipher, phoneContext(id))),
    name: identities[0]?.state === 'VERIFIED' ? identities[0].nameMasked : null,
    state,
    createdAt: createdAt.toISOString(),
  };
}

function identityOf(identity: FoundRow['identities'][number] | undefined): StaffAccount['identity'] {
  if (!identity) return null;
  const { state, nature, idNumberMasked, verifiedAt } = identity;
  return {
    state,
    nature,
    idNumber: idNumberMasked,
    verifiedAt: verifiedAt?.toISOString() ?? null,
    hasImages: hasImages(identity),
  };
}
