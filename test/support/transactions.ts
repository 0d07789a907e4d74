// SPDX-License-Identifier: Apache-2.0
// Transactions that do not come from the ledger.
import { JsonRpcProvider, type TransactionRequest, type Wallet } from 'ethers';
import type { TestNetwork } from './pipeline.ts';

/** Uses up the next nonces of a key. */
export function useNonces(network: TestNetwork, wallet: Wallet, count: number): Promise<void> {
  const nothing = { to: wallet.address };
  return withProvider(network, (provider) => mine(wallet.connect(provider), Array(count).fill(nothing)));
}

/** Sends these in their order, with the legacy fee that any chain takes, and waits for their blocks. */
export async function mine(signer: Wallet, requests: readonly TransactionRequest[]): Promise<void> {
  const { baseFeePerGas } = (await signer.provider?.getBlock('latest')) ?? {};
  const gasPrice = 2n * (baseFeePerGas ?? 0n);
  const first = await signer.getNonce();
  const sent = await Promise.all(
    requests.map((request, index) =>
      signer.sendTransaction({ ...request, nonce: first + index, type: 0, gasPrice, gasLimit: 200_000n }),
    ),
  );
  await Promise.all(sent.map((transaction) => transaction.wait()));
}

export async function withProvider<T>(
  { urls }: TestNetwork,
  use: (provider: JsonRpcProvider) => Promise<T>,
): Promise<T> {
  const provider = new JsonRpcProvider(urls.at(-1), undefined, { batchMaxCount: 1, cacheTimeout: -1 });
  provider.pollingInterval = 100;
  try {
    return await use(provider);
  } finally {
    provider.destroy();
  }
}
