// SPDX-License-Identifier: Apache-2.0
// A second chain for a ledger's tests: our registry deployed there, and what the settings name: key, trust file, nodes.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Consensus } from '@inkseal/verifier';
import { Wallet } from 'ethers';
import { callRpc } from '../../scripts/embedded/anvil.ts';
import { deployRegistry } from '../../scripts/second-chain/deploy-registry.ts';
import { temporaryFolder } from './temporary.ts';

const ADMIN = `0x${'ad'.repeat(20)}`;
/** One coin, wei. */
export const BALANCE = '0xde0b6b3a7640000';

export interface SecondChainFiles {
  readonly keyFile: string;
  readonly trustFile: string;
}

/** As `npm run second-chain` does it, by a new key. */
export async function deploySecondChain(node: string, consensus: Consensus): Promise<SecondChainFiles> {
  const wallet = new Wallet(Wallet.createRandom().privateKey);
  if (consensus === 'none') await callRpc(node, 'anvil_setBalance', [wallet.address, BALANCE]);
  const trust = await deployRegistry({ urls: [node], consensus, wallet, admin: ADMIN, name: 'Second' });
  const folder = temporaryFolder();
  const files = { keyFile: path.join(folder, 'key'), trustFile: path.join(folder, 'trust.json') };
  writeFileSync(files.trustFile, JSON.stringify(trust));
  writeFileSync(files.keyFile, wallet.privateKey, { mode: 0o600 });
  return files;
}
