// SPDX-License-Identifier: Apache-2.0
// The chain of the soak: four QBFT validators where there is an engine, else the embedded chain.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Chain, startChain } from '../../scripts/embedded/chain.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { embeddedKeys } from '../../scripts/supervisor/keys.ts';
import { QbftNetwork } from '../support/qbft.ts';
import { untilExit } from '../support/temporary.ts';
import { type Part, partOf } from './part.ts';

export interface SoakChain {
  readonly name: string;
  /** One of them may be down without anybody noticing, when they are several. */
  readonly nodes: readonly Part[];
  readonly urls: readonly string[];
  /** All but the addresses. */
  readonly settings: Readonly<Record<string, string>>;
}

export async function startSoakChain(folder: string, isQbft: boolean): Promise<SoakChain> {
  const { anchor, revoker, admin } = await embeddedKeys(path.join(folder, 'keys'));
  const keys = { ANCHOR_KEY_FILE: anchor.file, REVOKER_KEY_FILE: revoker.file, ADMIN_ADDRESS: admin.address };
  if (isQbft) return { ...(await startQbft()), settings: { ...keys, CHAIN_PROFILE: 'permissioned' } };
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const funded = [anchor.address, revoker.address, admin.address];
  const node = partOf<Chain>('chain', async () => untilExit(await startChain({ folder, port, funded })));
  await node.start();
  const durable = { CHAIN_DURABLE_FILE: node.now()?.durableFile ?? '' };
  return {
    name: 'embedded chain',
    nodes: [node],
    urls: [`http://127.0.0.1:${port}`],
    settings: { ...keys, ...durable, CHAIN_PROFILE: 'embedded' },
  };
}

async function startQbft() {
  const network = await QbftNetwork.create();
  await network.start();
  const nodes = network.urls.map((_, index) => ({
    name: `validator ${index + 1}`,
    pid: () => network.pidOf(index),
    kill: () => network.killNode(index),
    start: () => network.startNode(index),
  }));
  return { name: 'four QBFT validators', nodes, urls: network.urls };
}
