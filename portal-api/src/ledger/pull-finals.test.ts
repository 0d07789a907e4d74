// SPDX-License-Identifier: Apache-2.0
// The portal behind a ledger whose batches become final out of their order, over HTTP.
import { randomBytes } from 'node:crypto';
import { batchSlot, fromHex, LAYOUT_V1 } from '@inkseal/verifier';
import { expect } from 'chai';
import { besuLike } from '../../../test/support/besu-stub.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { embeddedNetwork } from '../../../test/support/pipeline.ts';
import { startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { startWholeLedger, type WholeLedger } from '../../../test/support/whole-ledger.ts';
import { createLedgerClient, type LedgerClient } from './ledger-client.ts';
import { pullFinals } from './pull-finals.ts';

const LOST = { error: { code: -32000, message: 'World state unavailable' } };

describe('pullFinals', function () {
  this.timeout(120_000);
  let network: Awaited<ReturnType<typeof besuLike>>;
  let ledger: WholeLedger;
  let portal: TestPortal;
  let client: LedgerClient;

  before(async () => {
    network = await besuLike(await embeddedNetwork());
    ledger = await startWholeLedger(network);
    portal = await startPortal();
    client = createLedgerClient({ url: ledger.url, apiKeyFile: ledger.keyFile });
  });
  after(async () => {
    await portal?.stop();
    await ledger?.stop();
  });

  it('when the second batch is final before the first › misses neither, and applies each once', async () => {
    const applied: string[] = [];
    const pull = () =>
      pullFinals({
        db: portal.db,
        ledger: client,
        onItemFailure: ({ error }) => {
          throw error;
        },
        onFinal: async (_tx, { reference }) => void applied.push(reference),
      });
    const isFinal = (reference: string) =>
      eventually(async () => {
        await pull();
        return applied.includes(reference);
      });
    await submit('before');
    await isFinal('before');

    // No proof at all while the batch is made, then none of this batch.
    network.faults.tamper = ({ method }, answer) => (method === 'eth_getProof' ? LOST : answer);
    await withoutProofOf((await submit('first')).batch);
    await submit('second');
    await isFinal('second');
    expect(applied).to.deep.equal(['before', 'second']);
    network.faults.tamper = undefined;
    await isFinal('first');
    await submit('third');
    await isFinal('third');
    expect(applied).to.deep.equal(['before', 'second', 'first', 'third']);
  });

  /** Answers once the entry is in a batch. */
  async function submit(reference: string): Promise<{ batch: string }> {
    const digest = () => randomBytes(32).toString('hex');
    const { id } = await client.submit({ reference, kind: 'submission', sha256: digest(), sm3: digest() });
    return eventually(async () => {
      const batch = (await client.entry(id))?.batch;
      return batch === undefined ? undefined : { batch };
    });
  }

  async function withoutProofOf(id: string): Promise<void> {
    const batch = await client.batch(id);
    const root = fromHex(batch?.root ?? '');
    const slot = Buffer.from(batchSlot(root, fromHex(LAYOUT_V1.batchesSlot))).toString('hex');
    network.faults.tamper = ({ method, params }, answer) =>
      method === 'eth_getProof' && JSON.stringify(params).includes(slot) ? LOST : answer;
  }
});
