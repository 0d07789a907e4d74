// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { eventually } from './eventually.ts';
import { Failure } from './failure.ts';

const failureOf = (waiting: Promise<unknown>) =>
  waiting.then(
    () => expect.fail('it ended'),
    (error: Error) => error,
  );

describe('eventually', () => {
  it('when the condition answers null or another falsy value › asks again until the answer is truthy', async () => {
    const answers = [undefined, null, false, 0, 0n, '', 'there'];
    expect(await eventually(() => answers.shift(), { everyMs: 1 })).to.equal('there');
    expect(answers).to.deep.equal([]);
  });

  it('when the condition throws › asks again', async () => {
    let tries = 0;
    const condition = async () => {
      tries += 1;
      if (tries < 3) throw new Error('not there');
      return { tries };
    };
    expect(await eventually(condition, { everyMs: 1 })).to.deep.equal({ tries: 3 });
  });

  it('when the time is over › names what it waited for and the last error', async () => {
    const last = new Error('refused');
    const failure = await failureOf(eventually(() => Promise.reject(last), { what: 'the portal', withinMs: 0 }));
    expect(failure).to.be.instanceOf(Failure);
    expect(failure.message).to.equal('the portal: not within 0 s: refused');
    expect(failure.cause).to.equal(last);
  });

  it('when the limit is a promise › counts the pauses, so that slow tries do not use it up', async () => {
    let tries = 0;
    const slowly = () => {
      const until = performance.now() + 20;
      while (performance.now() < until);
      tries += 1;
      return tries === 5;
    };
    await eventually(slowly, { withinMs: 10, everyMs: 2, isPromise: true });
    const failure = await failureOf(eventually(() => false, { withinMs: 10, everyMs: 2, isPromise: true }));
    expect(failure.message).to.match(/not within 0.01 s/);
  });

  it('when no pause is asked for › asks less often the longer it waits', async () => {
    let tries = 0;
    const never = () => {
      tries += 1;
      return false;
    };
    await failureOf(eventually(never, { withinMs: 300, isPromise: true }));
    // Pauses of 25 ms each would be twelve.
    expect(tries).to.equal(7);
  });

  it('when there is no hope › gives up at once', async () => {
    const failure = await failureOf(eventually(() => false, { what: 'the portal', hopeless: () => 'it has ended' }));
    expect(failure.message).to.equal('the portal: it has ended');
  });
});
