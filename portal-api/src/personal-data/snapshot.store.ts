// SPDX-License-Identifier: Apache-2.0
// Everything that the portal has of a member, in clear, as it is now. It leaves encrypted, and to its owner alone.
import { disclosuresTo } from '../assistance/index.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../db/database.ts';
import { earlierCertificatesOf } from '../earlier-certificates/index.ts';
import { objectionsOf } from '../objections/index.ts';
import { invoiceDetailsIn, payerIn } from '../payments/index.ts';

const AUDIT_ROWS = 10_000;

/** JSON. Times are in UTC, amounts in fen. */
export async function snapshotOf(db: Db, vault: Vault, accountId: string): Promise<string> {
  const snapshot = {
    exportedAt: new Date().toISOString(),
    account: await accountOf(db, vault, accountId),
    identities: await identitiesOf(db, vault, accountId),
    works: await worksOf(db, accountId),
    orders: await ordersOf(db, accountId),
    registrations: await registrationsOf(db, accountId),
    money: await moneyDetailsOf(db, vault, accountId),
    earlierCertificates: await earlierCertificatesOf(db, vault, accountId),
    rightsEvents: await rightsEventsOf(db, accountId),
    objections: await objectionsOf(db, { accountId, organisationId: null }),
    disclosures: await disclosuresTo(db, { accountId, organisationId: null }),
    rightHolders: await holdersOf(db, vault, accountId),
    uploads: await db.upload.findMany({
      where: { accountId },
      select: { id: true, name: true, declaredSize: true, mediaType: true, state: true, createdAt: true },
    }),
    messages: await db.message.findMany({
      where: { accountId },
      select: { kind: true, subject: true, data: true, createdAt: true, readAt: true },
    }),
    acts: await db.audit.findMany({
      where: { actor: `account:${accountId}` },
      select: { at: true, action: true, subject: true, detail: true },
      orderBy: { seq: 'desc' },
      take: AUDIT_ROWS,
    }),
  };
  // PostgreSQL's large numbers are bigint here, and JSON has none.
  return JSON.stringify(snapshot, (_key, value) => (typeof value === 'bigint' ? String(value) : value), 2);
}

async function accountOf({ account }: Db, vault: Vault, id: string) {
  const { phoneCipher, ...rest } = await account.findUniqueOrThrow({
    where: { id },
    select: {
      userNumber: true,
      phoneCipher: true,
      createdAt: true,
      consentAt: true,
      termsVersion: true,
      privacyVersion: true,
      agreements: { select: { slug: true, version: true, acceptedAt: true }, orderBy: { acceptedAt: 'asc' } },
      referrer: { select: { userNumber: true } },
      roles: { select: { role: true, grantedAt: true } },
    },
  });
  return { ...rest, phone: vault.decryptText(phoneCipher, `account:${id}:phone`) };
}

async function identitiesOf({ identity }: Db, vault: Vault, accountId: string) {
  const reviews = { select: { decision: true, reasons: true, decidedAt: true } };
  const rows = await identity.findMany({ where: { accountId }, include: { reviews }, orderBy: { version: 'asc' } });
  return rows.map(({ id, version, nature, state, consentAt, verifiedAt, supersededAt, ...row }) => {
    const open = (field: string, cipher: Uint8Array) => vault.decryptText(cipher, `identity:${id}:${field}`);
    return {
      ...{ version, nature, state, consentAt, verifiedAt, supersededAt },
      documentType: row.documentType,
      name: open('name', row.nameCipher),
      idNumber: open('id-number', row.idNumberCipher),
      email: open('email', row.emailCipher),
      address: open('address', row.addressCipher),
      ...(row.documentCipher && { document: JSON.parse(open('document', row.documentCipher)) }),
      reviews: row.reviews,
    };
  });
}

function worksOf({ work }: Db, accountId: string) {
  return work.findMany({
    where: { accountId },
    include: { files: { select: { role: true, uploadId: true, position: true } } },
    orderBy: { createdAt: 'asc' },
  });
}

const OF_ORDERS = {
  rounds: { select: { round: true, submittedAt: true } },
  payments: {
    select: {
      ...{ outTradeNo: true, channel: true, amountFen: true, state: true, paidAt: true, refundedAt: true },
      joint: { select: { outTradeNo: true, amountFen: true } },
    },
  },
  refundRequests: {
    select: {
      requestNumber: true,
      reason: true,
      state: true,
      createdAt: true,
      decisions: { select: { verdict: true, words: true, decidedAt: true } },
    },
  },
  certificates: { select: { number: true, version: true, issuedAt: true, revokedAt: true } },
  shareLinks: {
    select: {
      label: true,
      createdAt: true,
      expiresAt: true,
      maxOpenings: true,
      openings: true,
      endedAt: true,
      opened: { select: { openedAt: true } },
    },
  },
} as const;

const OF_REVIEWS = { round: true, decision: true, reasons: true, decidedAt: true } as const;

function ordersOf({ attestation }: Db, accountId: string) {
  return attestation.findMany({
    where: { accountId },
    include: { ...OF_ORDERS, reviews: { select: OF_REVIEWS } },
    orderBy: { createdAt: 'asc' },
  });
}

function registrationsOf({ registration }: Db, accountId: string) {
  return registration.findMany({
    where: { accountId },
    include: {
      ...OF_ORDERS,
      files: { select: { kind: true, uploadId: true } },
      versionRequests: {
        select: {
          requestNumber: true,
          kind: true,
          reason: true,
          state: true,
          createdAt: true,
          content: true,
          files: { select: { uploadId: true } },
          reviews: { select: { level: true, isApproved: true, words: true, decidedAt: true } },
        },
      },
      reviews: { select: { ...OF_REVIEWS, level: true } },
    },
    orderBy: { createdAt: 'asc' },
  });
}

/** Given for an invoice, and names of payers as finance entered them. */
async function moneyDetailsOf(db: Db, vault: Vault, accountId: string) {
  const isOwn = { OR: [{ attestation: { accountId } }, { registration: { accountId } }] };
  const invoices = await db.invoiceDetail.findMany({ where: { payment: isOwn }, include: { payment: true } });
  const bookings = await db.offlineBooking.findMany({ where: isOwn, orderBy: { createdAt: 'asc' } });
  return {
    invoices: invoices.map((row) => ({
      outTradeNo: row.payment.outTradeNo,
      exportedAt: row.exportedAt,
      details: invoiceDetailsIn(vault, row),
    })),
    offline: bookings.map(({ id, payerCipher, kind, way, amountFen, reference, movedOn, state }) => ({
      ...{ kind, way, amountFen, reference, movedOn, state },
      payer: payerCipher && payerIn(vault, { id, payerCipher }),
    })),
  };
}

function rightsEventsOf({ rightsEvent }: Db, accountId: string) {
  return rightsEvent.findMany({
    where: { accountId },
    include: { files: { select: { uploadId: true } }, manifests: { select: { number: true, receivedAt: true } } },
    orderBy: { createdAt: 'asc' },
  });
}

async function holdersOf({ rightHolderVersion }: Db, vault: Vault, accountId: string) {
  const rows = await rightHolderVersion.findMany({
    where: { rightHolder: { accountId, organisationId: null } },
    orderBy: [{ rightHolderId: 'asc' }, { version: 'asc' }],
  });
  return rows.map(({ id, rightHolderId, version, savedAt, supersededAt, contentCipher }) => ({
    ...{ rightHolderId, version, savedAt, supersededAt },
    content: JSON.parse(vault.decryptText(contentCipher, `right_holder_version:${id}`)),
  }));
}
