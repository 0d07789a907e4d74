// SPDX-License-Identifier: Apache-2.0
import { fromHex, parseHeader } from '@inkseal/verifier';
import { expect } from 'chai';
import { makeWorld } from '../../../verifier/vectors/support/world.ts';
import { publicRecordOf } from './public-record.ts';

describe('publicRecordOf', () => {
  it('when the proof stands on a later block than the anchor’s › tells the time of the anchor, and not that block', async () => {
    const { bundle } = await makeWorld();
    const { number, timestamp } = parseHeader(fromHex(bundle.anchor.headerRlp));
    const timeOf = (seconds: bigint) => new Date(Number(seconds) * 1_000).toISOString();
    expect(publicRecordOf(bundle).anchor).to.include({ time: timeOf(timestamp), block: String(number) });
    const batch = { ...bundle.anchor.batch, anchoredAt: String(timestamp - 7n) };
    const later = publicRecordOf({ ...bundle, anchor: { ...bundle.anchor, batch } });
    expect(later.anchor).to.include({ time: timeOf(timestamp - 7n), block: null });
  });
});
