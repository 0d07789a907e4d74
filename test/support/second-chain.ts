// SPDX-License-Identifier: Apache-2.0
// A second chain for a ledger's tests: our registry deployed there, and what the settings name: key, trust file, nodes.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Consensus, parseHeader, qbftExtra, toHex0x } from '@inkseal/verifier';
import { Wallet } from 'ethers';
import { createChain } from '../../ledger-service/src/chain/index.ts';
import {
  DEPLOY_GAS_LIMIT,
  deploymentData,
  REGISTRY_CODE_HASH,
  REGISTRY_LAYOUT,
} from '../../ledger-service/src/registry/contract.ts';
import { signAt } from '../../ledger-service/src/transactions/index.ts';
import { callRpc } from '../../scripts/embedded/anvil.ts';
import { eventually } from './eventually.ts';
import { temporaryFolder } from './temporary.ts';

const WITHIN = { withinMs: 30_000 };
const ADMIN = `0x${'ad'.repeat(20)}`;

export interface SecondChainFiles {
  readonly keyFile: string;
  readonly trustFile: string;
}

/** Deploys the registry by a new key, and writes what an operator would have written. */
export async function deploySecondChain(node: string, consensus: Consensus): Promise<SecondChainFiles> {
  const wallet = new Wallet(Wallet.createRandom().privateKey);
  if (consensus === 'none') await callRpc(node, 'anvil_setBalance', [wallet.address, '0xde0b6b3a7640000']);
  const chain = createChain({ urls: [node], consensus, finality: { kind: 'instant' } });
  const chainId = await chain.chainId();
  const data = deploymentData(1n, { admin: ADMIN, anchorer: wallet.address, revoker: ADMIN });
  const request = { chainId, to: null, data, gasLimit: DEPLOY_GAS_LIMIT, fees: await chain.fees() };
  const { raw, hash } = signAt(wallet, request, 0n);
  await chain.broadcast(raw);
  const { block } = await eventually(() => chain.transactionResult(hash), WITHIN);
  // The node's answer to a transaction that it has mined.
  const told = (await callRpc(node, 'eth_getTransactionReceipt', [hash])) as { contractAddress: string };
  const registry = {
    address: told.contractAddress.toLowerCase(),
    codeHash: REGISTRY_CODE_HASH,
    ...REGISTRY_LAYOUT,
    fromBlock: String(block),
  };
  const { rlp } = await chain.newestFinalHeader();
  const validators = consensus === 'qbft' ? qbftExtra(parseHeader(rlp, 'qbft')).validators : [];
  const set = { fromBlock: '0', validators: validators.map((address) => ({ address: toHex0x(address) })) };
  const trust = {
    mediaType: 'application/vnd.inkseal.trust+json;v=1',
    name: 'Second',
    networks: [
      {
        chainId: String(chainId),
        consensus,
        registries: [registry],
        validatorSets: validators.length > 0 ? [set] : [],
      },
    ],
    timestampAuthorities: [],
  };
  const folder = temporaryFolder();
  const files = { keyFile: path.join(folder, 'key'), trustFile: path.join(folder, 'trust.json') };
  writeFileSync(files.trustFile, JSON.stringify(trust));
  writeFileSync(files.keyFile, wallet.privateKey, { mode: 0o600 });
  return files;
}
