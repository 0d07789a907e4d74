// SPDX-License-Identifier: Apache-2.0
// A machine that is lost while people put works on record, and what they had seen by then.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { approve, pay, readOrder, saveWork, submitOrder } from '../../scripts/demo/order.ts';
import { creator as logInCreator, reviewer as logInReviewer } from '../../scripts/demo/person.ts';
import { uploadBytes } from '../../scripts/demo/upload.ts';
import type { OwnSystem } from '../../scripts/processes/own-system.ts';
import type { ProcessIdentity } from '../../scripts/setup/lock.mjs';
import { eventually } from './eventually.ts';
import { allGone } from './processes.ts';
import { temporaryFolder } from './temporary.ts';

export interface Certified {
  orderNumber: string;
  number: string;
}

/** PostgreSQL first, so that it archives nothing more; then whoever would start it again, and all others. */
export async function loseMachine(dataFolder: string, supervisor: number): Promise<void> {
  const record = JSON.parse(readFileSync(path.join(dataFolder, 'processes.json'), 'utf8')) as ProcessIdentity[];
  const [postmaster = ''] = readFileSync(path.join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  for (const pid of [Number(postmaster), supervisor, ...record.map((each) => each.pid)]) killNow(pid);
  await allGone(record);
}

/** Takes one more work from the file to the certificate, each time it is called. */
export async function workerAt(
  { portalUrl }: OwnSystem,
  dataFolder: string,
  { isLost, onStep }: { isLost: () => boolean; onStep: () => void },
) {
  const demo = { url: portalUrl, dataFolder, say: () => {} };
  const [creator, reviewer] = [await logInCreator(demo), await logInReviewer(demo)];
  const hopeless = () => (isLost() ? 'the machine is lost' : undefined);
  const step = async <T>(work: Promise<T>): Promise<T> => work.finally(onStep);
  return async (): Promise<Certified> => {
    const file = path.join(temporaryFolder(), 'work.txt');
    writeFileSync(file, randomBytes(200_000).toString('hex'));
    const stored = await step(uploadBytes(creator, readFileSync(file), 'work.txt', hopeless));
    const order = await step(submitOrder(creator, await step(saveWork(creator, file, stored))));
    await step(pay(creator, order));
    await step(approve({ creator, reviewer }, order));
    const number = await eventually(async () => (await readOrder(creator, order.id)).certificate?.number, { hopeless });
    onStep();
    return { orderNumber: order.orderNumber, number };
  };
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended with the others.
  }
}
