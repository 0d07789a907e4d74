// SPDX-License-Identifier: Apache-2.0
// pending → signed → sent → mined → final: the revoker's transactions. One is signed and sent only while its number is
// anchored, so after a reorganisation revocations follow their batches again, in the order of their nonces.
import { toHex0x } from '@inkseal/verifier';
import type { Fees, Header } from '../chain/index.ts';
import { bytesOf, type Db } from '../db/database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { Ledger } from '../ledger.ts';
import { CALL_GAS_LIMIT, revocationOf, revokeData, simulate } from '../registry/index.ts';
import {
  type Broadcaster,
  firstReceipt,
  MAX_IN_FLIGHT,
  markFailed,
  pendingHashes,
  repeatOwed,
  settle,
  signNext,
  unsettled,
} from '../transactions/index.ts';
import { findSendable, findSignable } from './revocations.sql.ts';

const UNDER_WAY = { in: ['signed', 'sent'] } satisfies Prisma.EnumRevocationStateFilter;

/** Signs what waits and may go now. Answers how many the contract would refuse; they stay pending. */
export async function signRevocations(ledger: Ledger): Promise<number> {
  const { database, chain, registry, signers, log, news } = ledger;
  const signable = await findSignable(database.prisma, MAX_IN_FLIGHT);
  if (signable.length === 0) return 0;
  let refused = 0;
  const fees = await chain.fees();
  for (const { number, reason } of signable) {
    const data = revokeData(number, reason);
    const refusal = await simulate(chain, signers.revoker.address, registry.address, data);
    if (refusal !== undefined && !(await revocationOf(chain, registry.address, number))) {
      if (news.isNew(`revocation ${number}`, refusal))
        log.error({ number: String(number), refusal }, 'revocation refused');
      refused += 1;
      continue;
    }
    // Somebody with the key revoked it already: nothing is left to send, the chain's word is recorded.
    await signRevocation(ledger, number, refusal === undefined ? { data, fees } : undefined);
  }
  return refused;
}

async function signRevocation(
  { database, registry, signers }: Ledger,
  number: bigint,
  call: { data: string; fees: Fees } | undefined,
): Promise<void> {
  await database.transaction(async (tx) => {
    const signed = await tx.revocation.updateMany({ where: { number, state: 'pending' }, data: { state: 'signed' } });
    if (signed.count !== 1 || !call) return;
    await signNext(tx, signers.revoker, {
      ...call,
      purpose: 'revoke',
      subject: number,
      to: registry.address,
      gasLimit: CALL_GAS_LIMIT,
      chainId: registry.chainId,
    });
  });
}

/** Sends in the order of nonces, and stops where a number is not anchored (any more). */
export async function sendRevocations(ledger: Ledger, broadcaster: Broadcaster): Promise<void> {
  const { database, chain, signers, log } = ledger;
  const owed = await unsettled(database.prisma, signers.revoker.address);
  const anchored = await findSendable(database.prisma);
  const waiting = owed.findIndex(({ subject }) => !anchored.has(subject));
  const sendable = waiting < 0 ? owed : owed.slice(0, waiting);
  await repeatOwed({ database, chain, wallet: signers.revoker, log, broadcaster }, sendable);
  const sent = owed.filter(({ hash }) => broadcaster.hasSent(hash)).map(({ subject }) => subject);
  if (sent.length === 0) return;
  await database.prisma.revocation.updateMany({
    where: { state: 'signed', number: { in: sent } },
    data: { state: 'sent' },
  });
}

/** Records receipts; one that was refused waits again. Answers how many moved. */
export async function confirmRevocations(ledger: Ledger): Promise<number> {
  const db = ledger.database.prisma;
  const rows = await db.revocation.findMany({
    where: { state: UNDER_WAY },
    orderBy: { position: 'asc' },
    take: MAX_IN_FLIGHT,
    select: { number: true },
  });
  if (rows.length === 0) return 0;
  const numbers = rows.map(({ number }) => number);
  const hashes = await pendingHashes(db, 'revoke', numbers);
  let moved = 0;
  for (const number of numbers) if (await confirmRevocation(ledger, number, hashes.get(number) ?? [])) moved += 1;
  return moved;
}

async function confirmRevocation(ledger: Ledger, number: bigint, hashes: readonly string[]): Promise<boolean> {
  const { database, chain, registry, observer } = ledger;
  const [revoked, found] = await Promise.all([
    revocationOf(chain, registry.address, number),
    firstReceipt(chain, hashes),
  ]);
  const { hash = hashes[0], receipt } = found ?? {};
  if (revoked) {
    const header = await chain.header(receipt?.isSuccess ? receipt.block : await chain.head());
    if (!header) return false;
    await database.prisma.revocation.updateMany({
      where: { number, state: UNDER_WAY },
      data: {
        state: 'mined',
        minedBlock: header.number,
        minedBlockHash: bytesOf(header.hash),
        revokedAt: revoked.revokedAt,
        transactionHash: hash === undefined ? null : bytesOf(hash),
      },
    });
    if (receipt) observer.gasUsed('revoke', receipt.gasUsed);
    return true;
  }
  if (receipt?.isSuccess !== false || hash === undefined) return false;
  await database.transaction(async (tx) => {
    await markFailed(tx, hash);
    await tx.revocation.updateMany({ where: { number, state: UNDER_WAY }, data: { state: 'pending' } });
  });
  return true;
}

/** What stands in a final block stays. */
export async function finishRevocations({ database, chain }: Ledger, final: Header): Promise<void> {
  const blocks = await database.prisma.revocation.findMany({
    where: { state: 'mined', minedBlock: { lte: final.number } },
    distinct: ['minedBlock', 'minedBlockHash'],
    select: { minedBlock: true, minedBlockHash: true },
  });
  for (const { minedBlock: block, minedBlockHash: hash } of blocks) {
    // A check of the table: what is mined has its block.
    if (block === null || hash === null) continue;
    // Another block stands there now: the revocation was undone, and confirming will find out.
    if ((await chain.header(block))?.hash === toHex0x(hash)) await finishBlock(database.prisma, block, hash);
  }
}

async function finishBlock(db: Db, minedBlock: bigint, minedBlockHash: Uint8Array<ArrayBuffer>): Promise<void> {
  const finished = await db.revocation.updateManyAndReturn({
    where: { state: 'mined', minedBlock, minedBlockHash },
    data: { state: 'final', finalAt: new Date() },
    select: { transactionHash: true },
  });
  for (const { transactionHash } of finished) if (transactionHash) await settle(db, toHex0x(transactionHash));
}
