// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../../../test/support/temporary.ts';
import { createSandboxProvider } from './provider.ts';

const ORDER = {
  outTradeNo: '20261130000001',
  amountFen: 3_000,
  subject: '存证',
  expiresAt: '2030-01-01T00:00:00.000Z',
};

describe('the book of the sandbox provider', () => {
  const pair = () => {
    const parts = { folder: path.join(temporaryFolder(), 'book'), key: randomBytes(32) };
    return { ...parts, first: createSandboxProvider(parts), second: createSandboxProvider(parts) };
  };

  it('when two portals share it and both make and change one order › keeps each change', async () => {
    const { first, second } = pair();
    await Promise.all([first.make(ORDER), second.make(ORDER)]);
    const numbers = Array.from({ length: 40 }, (_, index) => `R${index}`);
    await Promise.all(
      numbers.map((refundNo, index) =>
        (index % 2 === 0 ? first : second).change(ORDER.outTradeNo, ({ refunds }) => ({
          refunds: [...refunds, { refundNo, amountFen: 1, at: ORDER.expiresAt }],
        })),
      ),
    );
    const found = await first.find(ORDER.outTradeNo);
    expect(found?.refunds.map(({ refundNo }) => refundNo)).to.have.members(numbers);
    expect(await second.all()).to.deep.equal([found]);
  });

  it('when a portal was killed during a change › takes the next one after a moment', async () => {
    const { folder, first, second } = pair();
    await first.make(ORDER);
    writeFileSync(path.join(folder, `${ORDER.outTradeNo}.json.lock`), '');
    expect(await second.change(ORDER.outTradeNo, () => ({ state: 'closed' }))).to.include({ state: 'closed' });
    expect(await first.find(ORDER.outTradeNo)).to.include({ state: 'closed' });
  });

  it('when no such order exists › changes nothing', async () => {
    const { first } = pair();
    for (const number of [ORDER.outTradeNo, '../../x'])
      expect(await first.change(number, () => ({ state: 'closed' })), number).to.equal(undefined);
    expect(await first.all()).to.deep.equal([]);
  });
});
