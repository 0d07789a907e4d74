// SPDX-License-Identifier: Apache-2.0
// pending → signed → sent → mined → final: the revoker's transactions. One is signed and sent only while its number is
// anchored, so after a reorganisation revocations follow their batches again, in the order of their nonces.
import { toHex0x } from '@inkseal/verifier';
import { eachApart, inParts } from '../apart.ts';
import type { Fees, Header } from '../chain/index.ts';
import { bytesOf, type Db } from '../db/database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { Ledger } from '../ledger.ts';
import { CALL_GAS_LIMIT, revocationOf, revokeData, simulate } from '../registry/index.ts';
import {
  type Broadcaster,
  firstResult,
  MAX_IN_FLIGHT,
  markFailed,
  pendingHashes,
  repeatOwed,
  settle,
  signNext,
  unsettled,
} from '../transactions/index.ts';
import { findSendable, findSignable, type Signable } from './revocations.sql.ts';

/** How long a revocation rests after the contract refused it, and after its signing failed. */
const REFUSED_FOR_MS = 15_000;
const FAILED_FOR_MS = 2_000;

const ANY_POSITION = 2n ** 62n;

const UNDER_WAY = { in: ['signed', 'sent'] } satisfies Prisma.EnumRevocationStateFilter;

/** When each revocation that could not be signed is tried again, so that any number of them leaves room for the others. */
export type Resting = Map<bigint, number>;

/** Signs what waits and may go now, of those that were requested up to this position. What the contract refuses, or what fails, stays pending. */
export async function signRevocations(
  ledger: Ledger,
  resting: Resting = new Map(),
  through = ANY_POSITION,
): Promise<void> {
  const { database, chain } = ledger;
  for (const [number, until] of resting) if (until <= Date.now()) resting.delete(number);
  const signable = await findSignable(database.prisma, { limit: MAX_IN_FLIGHT, except: [...resting.keys()], through });
  if (signable.length === 0) return;
  const fees = await chain.fees();
  await eachApart(ledger, {
    work: 'sign-revocation',
    items: signable,
    idOf: ({ number }) => String(number),
    run: async (revocation) => {
      resting.set(revocation.number, Date.now() + FAILED_FOR_MS);
      if (await signUnlessRefused(ledger, revocation, fees)) resting.delete(revocation.number);
      else resting.set(revocation.number, Date.now() + REFUSED_FOR_MS);
    },
  });
}

/** False when the contract would refuse it. */
async function signUnlessRefused(ledger: Ledger, { number, reason }: Signable, fees: Fees): Promise<boolean> {
  const { chain, registry, signers, log, news } = ledger;
  const data = revokeData(number, reason);
  const refusal = await simulate(chain, signers.revoker.address, registry.address, data);
  if (refusal !== undefined && !(await revocationOf(chain, registry.address, number))) {
    if (news.isNew(`revocation ${number}`, refusal))
      log.error({ number: String(number), refusal }, 'revocation refused');
    return false;
  }
  // Somebody with the key revoked it already: nothing is left to send, the chain's word is recorded.
  await signRevocation(ledger, number, refusal === undefined ? { data, fees } : undefined);
  return true;
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
  await inParts(async (attempt) => {
    const wallet = signers.revoker;
    await attempt('repeat-revocations', () => repeatOwed({ database, chain, wallet, log, broadcaster }, sendable));
    const sent = owed.filter(({ hash }) => broadcaster.hasSent(hash)).map(({ subject }) => subject);
    if (sent.length > 0) await attempt('mark-revocations', () => markSent(database.prisma, sent));
  });
}

const markSent = (db: Db, numbers: bigint[]) =>
  db.revocation.updateMany({ where: { state: 'signed', number: { in: numbers } }, data: { state: 'sent' } });

/** Records results; one that was refused waits again. */
export async function confirmRevocations(ledger: Ledger): Promise<void> {
  const db = ledger.database.prisma;
  const rows = await db.revocation.findMany({
    where: { state: UNDER_WAY },
    orderBy: { position: 'asc' },
    take: MAX_IN_FLIGHT,
    select: { number: true },
  });
  if (rows.length === 0) return;
  const numbers = rows.map(({ number }) => number);
  const hashes = await pendingHashes(db, 'revoke', numbers);
  await eachApart(ledger, {
    work: 'confirm-revocation',
    items: numbers,
    idOf: String,
    run: (number) => confirmRevocation(ledger, number, hashes.get(number) ?? []),
  });
}

async function confirmRevocation(ledger: Ledger, number: bigint, hashes: readonly string[]): Promise<void> {
  const { database, chain, registry, observer } = ledger;
  const [revoked, found] = await Promise.all([
    revocationOf(chain, registry.address, number),
    firstResult(chain, hashes),
  ]);
  const { hash = hashes[0], result } = found ?? {};
  if (revoked) {
    const header = await chain.header(result?.isSuccess ? result.block : await chain.head());
    if (!header) return;
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
    if (result) observer.gasUsed('revoke', result.gasUsed);
    return;
  }
  if (result?.isSuccess !== false || hash === undefined) return;
  await database.transaction(async (tx) => {
    await markFailed(tx, hash);
    await tx.revocation.updateMany({ where: { number, state: UNDER_WAY }, data: { state: 'pending' } });
  });
}

/** What stands in a final block stays. */
export async function finishRevocations(ledger: Ledger, final: Header): Promise<void> {
  const { database, chain } = ledger;
  const blocks = await database.prisma.revocation.findMany({
    where: { state: 'mined', minedBlock: { lte: final.number } },
    distinct: ['minedBlock', 'minedBlockHash'],
    select: { minedBlock: true, minedBlockHash: true },
  });
  await eachApart(ledger, {
    work: 'finish-revocations',
    items: blocks,
    idOf: ({ minedBlock }) => `block ${minedBlock}`,
    run: async ({ minedBlock: block, minedBlockHash: hash }) => {
      // A check of the table: what is mined has its block.
      if (block === null || hash === null) return;
      // Another block stands there now: the revocation was undone, and confirming will find out.
      if ((await chain.header(block))?.hash === toHex0x(hash)) await finishBlock(database.prisma, block, hash);
    },
  });
}

async function finishBlock(db: Db, minedBlock: bigint, minedBlockHash: Uint8Array<ArrayBuffer>): Promise<void> {
  const finished = await db.revocation.updateManyAndReturn({
    where: { state: 'mined', minedBlock, minedBlockHash },
    data: { state: 'final', finalAt: new Date() },
    select: { transactionHash: true },
  });
  for (const { transactionHash } of finished) if (transactionHash) await settle(db, toHex0x(transactionHash));
}
