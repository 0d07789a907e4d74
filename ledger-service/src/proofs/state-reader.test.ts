// SPDX-License-Identifier: Apache-2.0
// What is proven of the newest state, at the edges: the very next number, and the block of the anchor itself.
import { fromHex, parseBundle, parseHeader, toHex0x } from '@inkseal/verifier';
import { expect } from 'chai';
import { untilFinal } from '../../../test/support/anchored.ts';
import {
  embeddedNetwork,
  type LedgerFixture,
  ledgerFixture,
  type SteppedLedger,
  steppedLedger,
  type TestNetwork,
} from '../../../test/support/pipeline.ts';
import { createStateReader, proveAbsence, readBundle } from './index.ts';

describe('fresh proofs of the newest state', function () {
  this.timeout(90_000);
  let network: TestNetwork;
  let fixture: LedgerFixture;
  let stepped: SteppedLedger;
  before(async () => {
    network = await embeddedNetwork();
    fixture = await ledgerFixture(network);
    stepped = await steppedLedger(fixture);
    await untilFinal(stepped, fixture, await fixture.submit(3));
  });
  after(async () => {
    await fixture.close();
    await network.stop();
  });

  const sources = () => {
    const { database, chain, registry } = stepped.ledger;
    return { database, registry, state: createStateReader({ database, chain, registry }) };
  };

  it('when the number is the very next one › prove that it was not issued; when it is the last one, refuse', async () => {
    const next = fixture.config.firstNumber + 3n;
    const absence = JSON.parse(Buffer.from(await proveAbsence(sources(), next)).toString());
    expect(absence.number).to.equal(String(next));
    const issued = await proveAbsence(sources(), next - 1n).catch((error: unknown) => error);
    expect(issued).to.include({ code: 'number-already-issued' });
  });

  it('when the block asked for is the newest › give its state; when it is still to come, nothing', async () => {
    const { database, chain, registry } = stepped.ledger;
    const newest = await chain.newestFinalHeader();
    const state = createStateReader({ database, registry, chain: { ...chain, newestFinalHeader: async () => newest } });
    const { firstNumber } = fixture.config;
    expect((await state.revocation(firstNumber, newest.number))?.headerRlp).to.equal(toHex0x(newest.rlp));
    expect(await state.revocation(firstNumber, newest.number + 1n)).to.equal(undefined);
  });

  it('when they are for a bundle › are asked for at or after the block of its anchor', async () => {
    const asked: bigint[] = [];
    const bytes = await readBundle(stepped.ledger.database.prisma, fixture.config.firstNumber, {
      async revocation(_number, notBelow) {
        asked.push(notBelow);
        return undefined;
      },
    });
    expect(asked).to.deep.equal([parseHeader(fromHex(parseBundle(bytes).anchor.headerRlp)).number]);
  });
});
