// SPDX-License-Identifier: Apache-2.0
// Keys that somebody else used, or that are no longer ours: what they signed and can never be mined is signed again.
import { writeFileSync } from 'node:fs';
import { Contract, Wallet } from 'ethers';
import { requireOneAnchorPerBatch, untilFinal } from '../../../test/support/anchored.ts';
import { freshFixtures, onEachNetwork } from '../../../test/support/networks.ts';
import { type LedgerFixture, steppedLedger, type TestNetwork } from '../../../test/support/pipeline.ts';
import { mine, useNonces, withProvider } from '../../../test/support/transactions.ts';
import { signBatches } from '../anchoring/index.ts';

onEachNetwork('lost transactions', (_name, makeNetwork) => {
  const at = freshFixtures(makeNetwork);

  it('signs again what cannot be mined any more, since the key was used elsewhere', async () => {
    const stepped = await steppedLedger(at.fixture);
    const ids: string[] = [];
    for (let batch = 0; batch < 3; batch += 1) {
      ids.push(...(await at.fixture.submit(2)));
      await stepped.steps.closeBatch();
    }
    await signBatches(stepped.ledger);
    await useNonces(at.network, at.fixture.anchorer, 5);
    // As if they had waited for long.
    await at.fixture.database.pool.query(`UPDATE chain_transaction SET signed_at = now() - interval '1 hour'`);
    await untilFinal(stepped, at.fixture, ids);
    await requireOneAnchorPerBatch(at.network, stepped, at.fixture);
  });

  it('signs with the new key what the old one signed and cannot anchor any more', async () => {
    const before = await steppedLedger(at.fixture);
    const ids = await at.fixture.submit(2);
    await before.steps.closeBatch();
    await signBatches(before.ledger);
    await replaceAnchorer(at.network, at.fixture, before.ledger.registry.address);
    const after = await steppedLedger(at.fixture);
    ids.push(...(await at.fixture.submit(1)));
    await untilFinal(after, at.fixture, ids);
    await requireOneAnchorPerBatch(at.network, after, at.fixture);
  });
});

/** The administrator lets another key anchor, and the old one no longer; the settings name the new one. */
async function replaceAnchorer(network: TestNetwork, fixture: LedgerFixture, address: string): Promise<void> {
  const { admin, anchorer, config } = fixture;
  const successor = new Wallet(Wallet.createRandom().privateKey);
  await network.fund([successor.address]);
  const abi = [
    'function ANCHORER_ROLE() view returns (bytes32)',
    'function grantRole(bytes32 role, address account)',
    'function revokeRole(bytes32 role, address account)',
  ];
  await withProvider(network, async (provider) => {
    const signer = admin.connect(provider);
    const registry = new Contract(address, abi, signer);
    const role = await registry.getFunction('ANCHORER_ROLE')();
    const grant = await registry.getFunction('grantRole').populateTransaction(role, successor.address);
    const revoke = await registry.getFunction('revokeRole').populateTransaction(role, anchorer.address);
    await mine(signer, [grant, revoke]);
  });
  writeFileSync(config.anchorKeyFile, `${successor.privateKey}\n`, { mode: 0o600 });
}
