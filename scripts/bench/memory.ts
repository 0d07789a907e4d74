// SPDX-License-Identifier: Apache-2.0
// What the portal holds in memory at rest, under everything that takes much of it at once, and a while after.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { approve, orderIn, paidOrder } from '../../test/support/orders.ts';
import { expectStatus, type PortalMember, uploadFile } from '../../test/support/portal.ts';
import { type PortalProcess, portalProcess } from '../../test/support/portal-process.ts';
import { startWholeLedger } from '../../test/support/whole-ledger.ts';
import { PORTAL_FLAGS, SERVICE_MEMORY } from '../supervisor/parts.ts';
import { type Figure, round } from './figure.ts';

const MIB = 2 ** 20;
/** How long the portal may take to give back what it used. */
const QUIET_MS = 90_000;
const MOST_AFTER_MB = 300;

export async function measureMemory(): Promise<Figure[]> {
  const ledger = await startWholeLedger();
  const portal = await portalProcess({
    LEDGER_URL: ledger.url,
    LEDGER_API_KEY_FILE: ledger.keyFile,
    NODE_OPTIONS: PORTAL_FLAGS.join(' '),
    ...SERVICE_MEMORY,
  });
  try {
    const { pid } = await portal.start();
    const member = await portal.member();
    await pause(5_000);
    const rest = residentMb(pid, 'VmRSS');
    const stages: Record<string, number> = {};
    for (const [name, work] of Object.entries(stagesOf(portal, member))) {
      await work();
      stages[name] = residentMb(pid, 'VmRSS');
    }
    const peak = residentMb(pid, 'VmHWM');
    const after = await lowest(pid);
    return [
      {
        name: 'memory of the portal after heavy use',
        unit: 'MB',
        ours: after,
        peer: { name: 'at rest before', value: rest },
        comparison: 'cost',
        target: { on: 'ours', atMost: MOST_AFTER_MB },
        details: { rest, ...stages, peak, ...(await ownFigures(portal.url)), quietSeconds: QUIET_MS / 1_000 },
      },
    ];
  } finally {
    await portal.remove();
    await ledger.stop();
  }
}

function stagesOf(portal: PortalProcess, member: PortalMember): Record<string, () => Promise<unknown>> {
  return {
    uploads: () => times(6, (index) => uploadFile(member, `${index}.bin`, Buffer.alloc(48 * MIB, index))),
    'identity images': async () => {
      const picture = await noisyPhoto(4_000, 3_000);
      const send = () =>
        member.sendBytes('POST', '/identity/images?side=front', picture, { 'Content-Type': 'image/jpeg' });
      for (let turn = 0; turn < 3; turn += 1) await times(10, send);
    },
    thumbnails: async () => {
      const picture = await noisyPhoto(6_000, 4_000);
      const works = await times(3, (index) => workOf(member, picture, index));
      for (let turn = 0; turn < 4; turn += 1) await times(6, () => Promise.all(works.map((read) => read())));
    },
    certificates: async () => {
      const reviewer = await portal.reviewer();
      await times(4, async () => {
        const { id } = await paidOrder(member);
        await orderIn('UNDER_REVIEW', member, id, 60_000);
        await approve(reviewer, id);
        await orderIn('CERTIFIED', member, id, 60_000);
        await times(5, () => member.get(`/attestations/${id}/package`));
      });
    },
    passwords: () => times(60, () => member.post('/sessions', { phone: '13800000000', password: 'wrong horse 1' })),
  };
}

/** A work whose thumbnail is read by what is answered. */
async function workOf(member: PortalMember, picture: Buffer, index: number): Promise<() => Promise<unknown>> {
  const bytes = Buffer.concat([picture, Buffer.from([index])]);
  const uploadId = await uploadFile(member, `${index}.jpg`, bytes);
  const form = {
    title: '测试',
    intro: '测试用图。',
    creatorNature: 'PERSONAL',
    publishCategory: 'DESIGN',
    tags: ['创意设计'],
    completedOn: '2025-06-01',
    files: [{ uploadId }],
    cover: uploadId,
    display: [{ uploadId }],
    state: 'ARCHIVED',
  };
  const { body } = await expectStatus(201, member.post('/works', form));
  return () => expectStatus(200, member.get(`/works/${body.id}/files/${uploadId}/thumbnail`));
}

/** Does not compress well, as photographs do not. */
function noisyPhoto(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#888', noise } })
    .jpeg({ quality: 70 })
    .toBuffer();
}

/** What Node says it holds, MB: the rest is kept by allocators and libraries. */
async function ownFigures(url: string): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const read = (name: string) =>
    round(Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN) / 1e6, 0);
  return { heap: read('nodejs_heap_size_total_bytes'), external: read('nodejs_external_memory_bytes') };
}

async function lowest(pid: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (const until = Date.now() + QUIET_MS; Date.now() < until; await pause(1_000))
    least = Math.min(least, residentMb(pid, 'VmRSS'));
  return least;
}

function residentMb(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const [, kib] = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return round((Number(kib) * 1024) / 1e6, 0);
}

function times<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => work(index)));
}
