// SPDX-License-Identifier: Apache-2.0
// A portal that one row of its outbox kills at every start. Nobody does anything but start it again, as a supervisor does.
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { execute } from '../../../scripts/embedded/postgres.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { askPayment, confirmPayment, type Order, orderIn, submittedOrder } from '../../../test/support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { type PortalProcess, portalProcess } from '../../../test/support/portal-process.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { startWholeLedger, type WholeLedger } from '../../../test/support/whole-ledger.ts';

const DEADLY_FETCH = path.join(import.meta.dirname, '../../../test/support/deadly-fetch.ts');
/** As many as the parking of interrupted work allows. */
const MOST_DEATHS = 5;
const WITHIN = { withinMs: 90_000, everyMs: 100, isPromise: true };

describe('work that ends the process (in order)', function () {
  this.timeout(600_000);
  const deadlyFile = path.join(temporaryFolder(), 'deadly');
  const deaths: unknown[] = [];
  let ledger: WholeLedger;
  let portal: PortalProcess;
  let members: PortalMember[];
  let reviewer: PortalClient;
  let deadly: Order;
  let isOver = false;

  before(async () => {
    ledger = await startWholeLedger();
    portal = await portalProcess({
      LEDGER_URL: ledger.url,
      LEDGER_API_KEY_FILE: ledger.keyFile,
      DEADLY_FILE: deadlyFile,
      NODE_OPTIONS: `--import=${pathToFileURL(DEADLY_FETCH).href}`,
    });
    const first = await portal.start();
    members = [await portal.member(), await portal.member()];
    reviewer = await portal.reviewer();
    void (async () => {
      for (let program = first; !isOver; program = portal.launch()) {
        const death = await program.exited;
        if (!isOver) deaths.push(death);
      }
    })();
  });
  after(async () => {
    isOver = true;
    await portal?.remove();
    await ledger?.stop();
  });

  /** What a person does whose request met a portal that was just ending. */
  const insist = <T>(request: () => Promise<T>): Promise<T> =>
    eventually(() => request().catch(() => undefined), WITHIN) as Promise<T>; // eventually answers no undefined

  it('when a row kills the process at every start › parks it, and does what waited behind it', async () => {
    const [one, other] = members as [PortalMember, PortalMember]; // made above
    deadly = await submittedOrder(one);
    const fine = await submittedOrder(other);
    const payments = [await askPayment(one, deadly.id), await askPayment(other, fine.id)];
    writeFileSync(deadlyFile, deadly.id);
    for (const [index, { outTradeNo }] of payments.entries())
      await insist(() => confirmPayment(index === 0 ? one : other, outTradeNo));

    const parked = await insist(
      async () => (await expectStatus(200, reviewer.get('/staff/parked-work'))).body.items[0],
    ).catch((cause) => {
      throw new Error(`nothing was parked after ${deaths.length} deaths`, { cause });
    });
    expect(parked).to.include({ topic: 'submission-entry', lastError: 'process-ended' });
    expect(deaths).to.deep.equal(Array(MOST_DEATHS).fill('SIGKILL'));

    await insist(() => orderIn('UNDER_REVIEW', other, fine.id));
    expect((await fetch(`${portal.url}/healthz`)).status).to.equal(200);
    const metrics = (await expectStatus(200, reviewer.get('/metrics'))).bytes.toString();
    expect(metrics).to.match(/^inkseal_portal_outbox_parked\{topic="submission-entry"\} 1$/m);
  });

  it('when what killed it is gone and staff retry › does the work', async () => {
    const [one] = members as [PortalMember]; // made above
    rmSync(deadlyFile);
    await execute(
      portal.databaseUrl,
      `INSERT INTO account_role (account_id, role, granted_by)
         SELECT account_id, 'admin', 'test' FROM attestation WHERE id = '${deadly.id}'`,
    );
    const [item] = (await expectStatus(200, reviewer.get('/staff/parked-work'))).body.items;
    await expectStatus(204, one.post(`/staff/parked-work/${item.id}/retry`, {}));
    await eventually(async () => (await reviewer.get('/staff/parked-work')).body.items.length === 0);
    await orderIn('UNDER_REVIEW', one, deadly.id);
    expect(deaths).to.have.length(MOST_DEATHS);
  });
});
