// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import sharp from 'sharp';
import { createPictureProcesses, type PictureJob } from './picture-processes.ts';
import { drawPicture, pictureFault } from './pictures.ts';

const CRASHING = path.resolve(import.meta.dirname, '../../test/support/crashing-picture.ts');
const RECIPE = { width: 50, height: 50, fit: 'inside', format: 'webp', quality: 80 } as const;

/** Pids of this process's children that run the file. */
function childrenRunning(file: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const parent = /\nPPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        return parent === String(process.pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(file);
      } catch {
        return false;
      }
    });
}

describe('pictures in processes', function () {
  this.timeout(60_000);
  const jobOf = (text: string): PictureJob => ({ kind: 'draw', bytes: Buffer.from(text), recipe: RECIPE });

  it('when native code crashes on a picture › fails that picture, and serves those beside and after it', async () => {
    const run = createPictureProcesses(CRASHING);
    const outcomes = await Promise.allSettled(
      ['one', 'crash', 'two', 'crash', 'three'].map((text) => run(jobOf(text))),
    );
    expect(outcomes.map(({ status }) => status)).to.deep.equal([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    const [, crashed] = outcomes;
    expect(crashed?.status === 'rejected' && String(crashed.reason)).to.match(/SIGSEGV/);
  });

  it('when an idle process was killed › the next picture gets another one', async () => {
    const picture = await sharp({ create: { width: 200, height: 100, channels: 3, background: '#5a8cc8' } })
      .png()
      .toBuffer();
    expect(await drawPicture(picture, RECIPE)).to.include({ width: 50, height: 25 });
    for (const pid of childrenRunning('picture-process.ts')) process.kill(pid, 'SIGKILL');
    expect(await pictureFault(picture)).to.equal(undefined);
    expect(await drawPicture(picture, RECIPE)).to.include({ width: 50, height: 25 });
  });

  it('when it runs › has nothing of the portal’s environment', async () => {
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#5a8cc8' } })
      .png()
      .toBuffer();
    await drawPicture(picture, RECIPE);
    const pids = childrenRunning('picture-process.ts');
    expect(pids.length).to.be.above(0);
    for (const pid of pids)
      expect(readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean)).to.satisfy((all: string[]) =>
        all.every((each) => each.startsWith('NODE_CHANNEL_')),
      );
  });

  it('when a picture is damaged › says so', async () => {
    expect(await pictureFault(Buffer.from('no picture'))).to.deep.equal({ code: 'picture-unreadable' });
    expect(await drawPicture(Buffer.from('no picture'), RECIPE).catch((error: Error) => error.message)).to.be.a(
      'string',
    );
  });
});
