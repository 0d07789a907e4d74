// SPDX-License-Identifier: Apache-2.0
// What each action costs, exactly, against the committed figures of `gas.json`: a change of cost is a decision.
import { expect } from 'chai';
import type { ContractTransactionResponse } from 'ethers';
import { network } from 'hardhat';
import expected from './gas.json' with { type: 'json' };
import { deployRegistry, type Registry } from './support/registry.ts';

const maxAnchorGas = 55_000;
// No zero byte in number or root: call data cannot cost more.
const first = 0x1111_1111_1111_1111n;
const rootOf = (i: number): string => `0x${(i + 1).toString(16).padStart(2, '0').repeat(32)}`;

const { ethers } = await network.create();

describe('gas', () => {
  let anchorer: Registry;
  let revoker: Registry;
  let deployment: ContractTransactionResponse;

  beforeEach(async () => {
    ({ anchorer, revoker, deployment } = await deployRegistry(ethers, first));
  });

  it(`anchor › at any batch size › costs at most ${maxAnchorGas}`, async () => {
    await anchorer.anchor(rootOf(0), first, 1);
    let i = 1;
    for (const count of [1, 2, 255, 4096, 65_535, 2 ** 20 - 1, 2 ** 20]) {
      const gas = await gasOf(anchorer.anchor(rootOf(i++), await anchorer.nextNumber(), count));
      expect(gas, `${count} leaves`).to.be.at.most(maxAnchorGas);
    }
  });

  it('every action › costs what was last agreed', async () => {
    const measured = {
      deploy: await gasOf(Promise.resolve(deployment)),
      anchorFirst: await gasOf(anchorer.anchor(rootOf(0), first, 1)),
      anchorOf1: await gasOf(anchorer.anchor(rootOf(1), first + 1n, 1)),
      anchorOf2: await gasOf(anchorer.anchor(rootOf(2), first + 2n, 2)),
      anchorOf4096: await gasOf(anchorer.anchor(rootOf(3), first + 4n, 4096)),
      anchorOf1048576: await gasOf(anchorer.anchor(rootOf(4), first + 4100n, 2 ** 20)),
      revoke: await gasOf(revoker.revoke(first, 7)),
    };
    expect(measured).to.deep.equal(expected);
  });
});

async function gasOf(sent: Promise<ContractTransactionResponse>): Promise<number> {
  const mined = await (await sent).wait();
  if (!mined) throw new Error('the transaction was not mined');
  return Number(mined.gasUsed);
}
