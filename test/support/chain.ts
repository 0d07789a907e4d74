// SPDX-License-Identifier: Apache-2.0
// The embedded chain for tests, on a free port: quick blocks, also without transactions, so depth can be waited for.
import { type Chain, type ChainOptions, startChain } from '../../scripts/embedded/chain.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { temporaryFolder, untilExit } from './temporary.ts';

export type { Chain } from '../../scripts/embedded/chain.ts';

/** Give `folder` and `port` again to continue a chain that was stopped or killed. */
export async function testChain(options: Partial<ChainOptions> = {}): Promise<Chain> {
  const { folder = temporaryFolder(), port = await freePort() } = options;
  return untilExit(await startChain({ blockMs: 200, idleBlockMs: 0, ...options, folder, port }));
}
