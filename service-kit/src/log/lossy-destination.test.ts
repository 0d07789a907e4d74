// SPDX-License-Identifier: Apache-2.0
import { openSync } from 'node:fs';
import { expect } from 'chai';
import { pino } from 'pino';
import { eventually } from '../../../test/support/eventually.ts';
import { logLosses, lossyDestination } from './lossy-destination.ts';

/** Takes about three of the lines below. */
const WAITING = 250;

describe('lossyDestination', () => {
  it('when nothing can be written › counts each failed write, and each line that finds no room to wait', async () => {
    const before = logLosses();
    const dest = openSync('/dev/full', 'w');
    const destination = lossyDestination(pino.destination({ dest, sync: false, maxLength: WAITING }));
    const logger = pino(destination);
    for (let line = 0; line < 10; line += 1) logger.info('x'.repeat(20));
    await eventually(() => logLosses().failedWrites > before.failedWrites);
    const lost = logLosses().lostLines - before.lostLines;
    expect(lost).to.be.within(6, 9);
    for (let line = 0; line < 5; line += 1) logger.info('x'.repeat(20));
    expect(logLosses().lostLines - before.lostLines).to.be.within(lost + 4, lost + 5);
    // pino would try to write the rest for as long as the process is about to end by itself.
    destination.destroy();
  });
});
