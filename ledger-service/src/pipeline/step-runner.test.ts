// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { testLog } from '../../../test/support/pipeline.ts';
import { createStepRunner } from './step-runner.ts';

describe('createStepRunner', () => {
  it('runs a step once more when it is asked for while it runs, however often', async () => {
    let runs = 0;
    const first = Promise.withResolvers<void>();
    const steps = {
      closeBatch: () => {
        runs += 1;
        return runs === 1 ? first.promise : Promise.resolve();
      },
      anchor: async () => {},
      confirm: async () => {},
      prove: async () => {},
    };
    const runner = createStepRunner(steps, { log: testLog, onFailure: () => undefined });
    const all = [runner.run('closeBatch'), runner.run('closeBatch'), runner.run('closeBatch')];
    first.resolve();
    await Promise.all(all);
    expect(runs).to.equal(2);
  });

  it('runs a step again after it failed, counts each failure, and runs nothing once it is stopped', async () => {
    let runs = 0;
    const failed: string[] = [];
    const onFailure = ({ work }: { work: string }) => void failed.push(work);
    const close = async () => {
      runs += 1;
      throw new Error('always');
    };
    const runner = createStepRunner(
      { closeBatch: close, anchor: close, confirm: close, prove: close },
      { log: testLog, onFailure },
    );
    for (let i = 0; i < 2; i += 1) await runner.run('closeBatch').catch(() => undefined);
    await runner.stop();
    await runner.run('closeBatch');
    expect(runs).to.equal(2);
    expect(failed).to.deep.equal(['closeBatch', 'closeBatch']);
  });
});
