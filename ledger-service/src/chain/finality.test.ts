// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { finalBlockAt, GENESIS } from './finality.ts';

describe('finalBlockAt', () => {
  it('is the head itself where finality is instant', async () => {
    expect(await finalBlockAt(7n, { kind: 'instant' })).to.deep.equal({ number: 7n });
  });

  it('is that many blocks below the head, and genesis while the chain is shorter', async () => {
    const finality = { kind: 'depth', blocks: 3 } as const;
    expect(await finalBlockAt(10n, finality)).to.deep.equal({ number: 7n });
    for (const head of [0n, 2n, 3n]) expect(await finalBlockAt(head, finality)).to.deep.equal(GENESIS);
  });

  it('is the block that a copy on disk holds, whatever the head', async () => {
    const file = path.join(temporaryFolder(), 'durable.json');
    const finality = { kind: 'durable-copy', file } as const;
    expect(await finalBlockAt(10n, finality)).to.deep.equal(GENESIS);
    writeFileSync(file, JSON.stringify({ block: '4', hash: '0xab' }));
    expect(await finalBlockAt(10n, finality)).to.deep.equal({ number: 4n, hash: '0xab' });
  });
});
