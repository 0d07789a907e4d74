// SPDX-License-Identifier: Apache-2.0
// The registry on a second chain: deployed by the key that records there, as its first transaction, so that a run that was cut short
// finds it again; and the trust file of that network.
import {
  type Consensus,
  parseHeader,
  qbftExtra,
  TRUST_MEDIA_TYPE,
  type TrustFile,
  toHex0x,
  type ValidatorSet,
} from '@inkseal/verifier';
import { getCreateAddress, keccak256, type Wallet } from 'ethers';
import { type Chain, createChain } from '../../ledger-service/src/chain/index.ts';
import { DomainError } from '../../ledger-service/src/errors.ts';
import {
  anchorData,
  DEPLOY_GAS_LIMIT,
  deploymentData,
  nextNumber,
  REGISTRY_CODE_HASH,
  REGISTRY_LAYOUT,
  simulate,
} from '../../ledger-service/src/registry/contract.ts';
import { signAt } from '../../ledger-service/src/transactions/index.ts';
import { eventually } from '../processes/eventually.ts';
import { Failure } from '../processes/failure.ts';

const MINED_WITHIN_MS = 120_000;
const SOME_ROOT = `0x${'1'.repeat(64)}`;

export interface SecondChainOptions {
  readonly urls: readonly string[];
  readonly consensus: Consensus;
  /** Records there, and deploys; it has sent nothing else on that chain. */
  readonly wallet: Wallet;
  /** May replace the recording account, and revoke. */
  readonly admin: string;
  /** Of the trust file. */
  readonly name: string;
}

/** Deploys it unless it is there; answers the trust file of the network. May run twice. Throws Failure. */
export async function deployRegistry(options: SecondChainOptions): Promise<TrustFile> {
  try {
    return await settle(options);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new Failure(`no node gives a usable answer at ${options.urls.join(', ')}`, { cause: error });
  }
}

async function settle({ urls, consensus, wallet, admin, name }: SecondChainOptions): Promise<TrustFile> {
  const chain = createChain({ urls, consensus, finality: { kind: 'instant' } });
  const address = getCreateAddress({ from: wallet.address, nonce: 0 }).toLowerCase();
  if ((await chain.transactionCount(wallet.address)) === 0n) await deploy(chain, wallet, admin);
  await requireRegistry(chain, address, wallet);
  const { rlp, number } = await chain.newestFinalHeader();
  const registry = { address, codeHash: REGISTRY_CODE_HASH, ...REGISTRY_LAYOUT, fromBlock: '0' };
  const validators = consensus === 'qbft' ? qbftExtra(parseHeader(rlp, 'qbft')).validators : [];
  const set: ValidatorSet = {
    fromBlock: String(number),
    validators: validators.map((each) => ({ address: toHex0x(each) })),
  };
  const network = {
    chainId: String(await chain.chainId()),
    consensus,
    registries: [registry],
    validatorSets: validators.length > 0 ? [set] : [],
  };
  return { mediaType: TRUST_MEDIA_TYPE, name, networks: [network], timestampAuthorities: [] };
}

async function deploy(chain: Chain, wallet: Wallet, admin: string): Promise<void> {
  const data = deploymentData(1n, { admin, anchorer: wallet.address, revoker: admin });
  const request = {
    chainId: await chain.chainId(),
    to: null,
    data,
    gasLimit: DEPLOY_GAS_LIMIT,
    fees: await chain.fees(),
  };
  const { raw, hash } = signAt(wallet, request, 0n);
  const answer = await chain.broadcast(raw);
  if (answer.kind === 'unanswered') throw new Failure(`no node answers at ${chain.urls.join(', ')}`);
  if (answer.kind === 'refused') {
    const howTo = 'have that network permit the account, with a balance where gas costs something, and run this again';
    throw new Failure(`no node takes a transaction of ${wallet.address} (${answer.reason}): ${howTo}`);
  }
  const result = await eventually(() => chain.transactionResult(hash), {
    what: 'the deployment, which is in no block yet: run this again once that chain makes blocks',
    withinMs: MINED_WITHIN_MS,
  });
  if (!result.isSuccess)
    throw new Failure('the deployment was mined and failed: use a new key, and look at the gas limit of that chain');
}

/** Ours, and open to this key: what a reader compares, and what recording needs. */
async function requireRegistry(chain: Chain, address: string, wallet: Wallet): Promise<void> {
  const code = await chain.code(address);
  if (keccak256(code) !== REGISTRY_CODE_HASH) {
    const why = code === '0x' ? 'has sent something else first' : 'deployed another contract first';
    throw new Failure(`the account ${wallet.address} ${why} on that chain: use a key that is new to it`);
  }
  const refusal = await simulate(
    chain,
    wallet.address,
    address,
    anchorData(SOME_ROOT, await nextNumber(chain, address), 1),
  );
  if (refusal !== undefined)
    throw new Failure(`the registry ${address} takes nothing of ${wallet.address}: ${refusal}`);
}
