// SPDX-License-Identifier: Apache-2.0
// One registry for life. The first start writes down which registry this database belongs to, together with the signed
// deployment, and only then sends it; every later start finds that registry on the chain or refuses to run.
import { pause } from '@inkseal/service-kit';
import { fromHex, keccak256, parseHeader, qbftExtra, toHex0x } from '@inkseal/verifier';
import { getCreateAddress } from 'ethers';
import type { Logger } from 'pino';
import { type Chain, type Header, UnreadableHeaderError } from '../chain/index.ts';
import { bytesOf, type Database, type Db } from '../db/database.ts';
import { StartError } from '../errors.ts';
import { noteRefusal, rememberAccount, signNext, unsettled } from '../transactions/index.ts';
import { DEPLOY_GAS_LIMIT, deploymentData, hasRole, REGISTRY_CODE_HASH } from './contract.ts';
import type { Signers } from './keys.ts';

export interface Registry {
  readonly chainId: bigint;
  /** Lower-case 0x address. */
  readonly address: string;
  readonly codeHash: string;
  readonly firstNumber: bigint;
}

export interface BindOptions {
  readonly database: Database;
  readonly chain: Chain;
  readonly signers: Signers;
  readonly adminAddress: string;
  /** For a registry that is yet to be deployed. */
  readonly firstNumber: bigint;
  /** Insisted on when given. */
  readonly chainId: bigint | undefined;
  readonly log: Logger;
  /** Told what keeps the deployment from being mined. */
  readonly onWaiting?: (reason: string) => void;
  /** Ends the wait for the deployment. */
  readonly signal: AbortSignal;
}

const POLL_MS = 200;
const REPEAT_MS = 3_000;

/** Throws StartError, or DomainError `chain-unavailable`; then it may be called again. */
export async function bindRegistry(options: BindOptions): Promise<Registry> {
  const { database, chain, signers, log } = options;
  const genesisHash = await requireChain(options);
  const isNew = !(await readRow(database.prisma));
  if (isNew) await writeDeployment(options, genesisHash);
  const row = await readRow(database.prisma);
  if (!row) throw new StartError('registry-mismatch', 'the registry row is missing');
  chain.believeFrom(row.highestBlock);
  await awaitCode(options, row);
  await requireSeparateRoles(chain, row.registry.address, signers);
  for (const { address } of Object.values(signers)) await rememberAccount(database.prisma, chain, address);
  log.info({ registry: row.registry.address, chainId: String(row.registry.chainId), isNew }, 'registry bound');
  return row.registry;
}

/**
 * The hash of the genesis block. Throws StartError `chain-mismatch` if this is another chain than the settings, or the
 * database, say, and DomainError `chain-unavailable`.
 */
export async function requireChain(options: Pick<BindOptions, 'database' | 'chain' | 'chainId'>): Promise<string> {
  const { database, chain, chainId } = options;
  const found = await chain.chainId();
  if (chainId !== undefined && found !== chainId) {
    throw new StartError('chain-mismatch', `CHAIN_ID is ${chainId}, but the chain reports ${found}`);
  }
  const genesisHash = await readGenesis(chain);
  const row = await readRow(database.prisma);
  if (row && (row.genesisHash !== genesisHash || row.registry.chainId !== found)) {
    throw new StartError('chain-mismatch', 'this database belongs to another chain');
  }
  return genesisHash;
}

async function readGenesis(chain: Chain): Promise<string> {
  try {
    // The genesis block of some chains hashes alike under every consensus; a later one does not.
    const newest = await chain.header(await chain.head());
    if (newest && chain.consensus === 'qbft') requireValidatorList(newest);
    return await chain.genesisHash();
  } catch (error) {
    if (!(error instanceof UnreadableHeaderError)) throw error;
    throw new StartError('chain-mismatch', 'the chain uses another consensus than the one configured', error);
  }
}

/** Where a contract chooses the validators, headers name none, and no verifier could know who may seal a block. */
function requireValidatorList(header: Header): void {
  if (qbftExtra(parseHeader(header.rlp, 'qbft')).validators.length > 0) return;
  throw new StartError(
    'validators-by-contract',
    'the block headers of this chain name no validators: a contract chooses them (validatorcontractaddress). ' +
      'Proofs need validators in the headers: use a network with block header validator selection',
  );
}

/** The registry this database is bound to, if it is yet. */
export async function readRegistry(db: Db): Promise<Registry | undefined> {
  return (await readRow(db))?.registry;
}

interface RegistryRow {
  readonly registry: Registry;
  readonly genesisHash: string;
  readonly highestBlock: bigint;
}

async function readRow(db: Db): Promise<RegistryRow | undefined> {
  const row = await db.registry.findFirst();
  if (!row) return undefined;
  const registry = {
    chainId: row.chainId,
    address: toHex0x(row.address),
    codeHash: toHex0x(row.codeHash),
    firstNumber: row.firstNumber,
  };
  return { registry, genesisHash: toHex0x(row.genesisHash), highestBlock: row.highestBlock };
}

/** The registry's address follows from the deployer and its nonce, so all of it is known before anything is sent. */
async function writeDeployment(options: BindOptions, genesisHash: string): Promise<void> {
  const { database, chain, signers, adminAddress, firstNumber } = options;
  for (const { address } of Object.values(signers)) await rememberAccount(database.prisma, chain, address);
  const chainId = await chain.chainId();
  const roles = { admin: adminAddress, anchorer: signers.anchorer.address, revoker: signers.revoker.address };
  const data = deploymentData(firstNumber, roles);
  const fees = await chain.fees();
  await database.transaction(async (tx) => {
    const { nonce } = await signNext(tx, signers.anchorer, {
      purpose: 'deploy',
      subject: 0n,
      to: null,
      data,
      gasLimit: DEPLOY_GAS_LIMIT,
      chainId,
      fees,
    });
    const address = getCreateAddress({ from: signers.anchorer.address, nonce }).toLowerCase();
    const codeHash = bytesOf(REGISTRY_CODE_HASH);
    await tx.registry.create({
      data: { chainId, genesisHash: bytesOf(genesisHash), address: bytesOf(address), codeHash, firstNumber },
    });
  });
}

/** Sends the stored deployment until its code is there, and believes only the code of this version. */
async function awaitCode(options: BindOptions, { registry }: RegistryRow): Promise<void> {
  const { chain, signal, onWaiting = () => {} } = options;
  if (registry.codeHash !== REGISTRY_CODE_HASH) {
    throw new StartError('registry-mismatch', 'the registry was deployed by another version of the contract');
  }
  for (let sentAt = 0; !signal.aborted; await pause(POLL_MS, signal)) {
    const code = await chain.code(registry.address);
    if (code !== '0x') {
      if (toHex0x(keccak256(fromHex(code))) === registry.codeHash) return;
      throw new StartError('registry-mismatch', `a different contract is deployed at ${registry.address}`);
    }
    if (Date.now() - sentAt < REPEAT_MS) continue;
    const waitingFor = await sendDeployment(options, registry);
    // The first block is soon there.
    if (waitingFor.isRefused || sentAt > 0) onWaiting(waitingFor.what);
    sentAt = Date.now();
  }
}

interface WaitingFor {
  readonly what: string;
  readonly isRefused: boolean;
}

/** Answers what the deployment waits for. */
async function sendDeployment({ database, chain, log }: BindOptions, registry: Registry): Promise<WaitingFor> {
  const owed = await database.prisma.chainTransaction.findFirst({
    where: { purpose: 'deploy', settledAt: null },
    select: { sender: true },
  });
  if (!owed) throw new StartError('registry-mismatch', `there is no contract at ${registry.address} on this chain`);
  const sender = toHex0x(owed.sender);
  const transaction = (await unsettled(database.prisma, sender)).find(({ purpose }) => purpose === 'deploy');
  const result = transaction && (await chain.transactionResult(transaction.hash));
  if (result && !result.isSuccess) throw new StartError('registry-deployment-failed', 'the deployment reverted');
  const answer = transaction && (await chain.broadcast(transaction.raw));
  const refusal = answer?.kind === 'refused' ? answer.reason : undefined;
  await noteRefusal({ database, log }, sender, refusal);
  if (refusal === undefined) return { what: 'a block with the deployment of the registry', isRefused: false };
  return { what: `a node that takes the deployment of the registry; all refuse it: ${refusal}`, isRefused: true };
}

/** The contract keeps the anchorer apart too; a registry that was tampered with before must not be used. */
async function requireSeparateRoles(chain: Chain, address: string, { anchorer }: Signers): Promise<void> {
  for (const role of ['DEFAULT_ADMIN_ROLE', 'REVOKER_ROLE'] as const) {
    if (await hasRole(chain, address, role, anchorer.address)) {
      throw new StartError('anchorer-has-other-role', `on the chain the anchoring key also holds ${role}`);
    }
  }
}
