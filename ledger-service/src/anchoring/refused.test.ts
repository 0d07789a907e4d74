// SPDX-License-Identifier: Apache-2.0
// A batch whose transaction the contract refuses: it keeps its numbers, and is anchored once the contract takes it.
import { expect } from 'chai';
import { Contract } from 'ethers';
import { requireOneAnchorPerBatch, untilFinal } from '../../../test/support/anchored.ts';
import { eventually } from '../../../test/support/eventually.ts';
import {
  embeddedNetwork,
  type LedgerFixture,
  ledgerFixture,
  steppedLedger,
  type TestNetwork,
} from '../../../test/support/pipeline.ts';
import { mine, withProvider } from '../../../test/support/transactions.ts';

describe('a batch that the contract refuses', function () {
  this.timeout(90_000);
  let network: TestNetwork;
  let fixture: LedgerFixture;
  before(async () => {
    network = await embeddedNetwork();
    fixture = await ledgerFixture(network);
  });
  after(async () => {
    await fixture.close();
    await network.stop();
  });

  const letAnchor = (address: string, may: boolean) =>
    withProvider(network, async (provider) => {
      const admin = fixture.admin.connect(provider);
      const call = may ? 'grantRole' : 'revokeRole';
      const abi = [
        'function ANCHORER_ROLE() view returns (bytes32)',
        `function ${call}(bytes32 role, address account)`,
      ];
      const registry = new Contract(address, abi, admin);
      const role = await registry.getFunction('ANCHORER_ROLE')();
      await mine(admin, [await registry.getFunction(call).populateTransaction(role, fixture.anchorer.address)]);
    });

  it('when the ledger’s key may not anchor for a while › waits closed, halts, and is signed again afterwards', async () => {
    const stepped = await steppedLedger(fixture);
    const { address } = stepped.ledger.registry;
    const ids = await fixture.submit(2);
    await stepped.steps.closeBatch();
    await letAnchor(address, false);
    await stepped.steps.anchor();
    await eventually(async () => {
      await stepped.steps.confirm();
      return (await fixture.database.pool.query(`SELECT FROM batch WHERE state = 'sent'`)).rows.length === 0;
    });
    const { rows } = await fixture.database.pool.query(
      `SELECT state, sent_at, transaction_hash, anchoring_halted LIKE '%reverted%' AS is_halted FROM batch, registry`,
    );
    expect(rows).to.deep.equal([{ state: 'closed', sent_at: null, transaction_hash: null, is_halted: true }]);

    await letAnchor(address, true);
    await untilFinal(stepped, fixture, ids);
    await requireOneAnchorPerBatch(network, stepped, fixture);
    const anchors = await fixture.database.pool.query(`SELECT FROM chain_transaction WHERE purpose = 'anchor'`);
    expect(anchors.rows).to.have.length(2);
  });
});
