// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { isDiskFull } from './disk-full.ts';

const withCode = (code: string) => Object.assign(new Error('no space'), { code });

describe('isDiskFull', () => {
  for (const code of ['ENOSPC', 'EDQUOT', '53100']) {
    it(`when an error has the code ${code} › recognises it, also as a cause and among several`, () => {
      expect(isDiskFull(withCode(code))).to.equal(true);
      expect(isDiskFull(new Error('wrapped', { cause: new Error('again', { cause: withCode(code) }) }))).to.equal(true);
      expect(isDiskFull(new AggregateError([new Error('other'), withCode(code)]))).to.equal(true);
    });
  }

  it("when Prisma wraps PostgreSQL's error › recognises it", () => {
    const cause = { kind: 'postgres', originalCode: '53100' };
    expect(isDiskFull(Object.assign(new Error('prisma'), { meta: { driverAdapterError: { cause } } }))).to.equal(true);
  });

  it('when it is something else, even an error that is its own cause › says no', () => {
    const circular = new Error('circular');
    circular.cause = circular;
    for (const error of [undefined, null, 'ENOSPC', withCode('53300'), withCode('ENOENT'), circular]) {
      expect(isDiskFull(error)).to.equal(false);
    }
  });
});
