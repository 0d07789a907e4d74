// SPDX-License-Identifier: Apache-2.0
// How long a request waits while the portal issues many certificates at once, PDF and package of each included, while many
// members download evidence packages, and while it draws many thumbnails and fills many templates.
import { once } from 'node:events';
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { approve, orderIn, paidOrder } from '../../test/support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../test/support/portal.ts';
import { portalProcess } from '../../test/support/portal-process.ts';
import { draftRegistration } from '../../test/support/registrations.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { startWholeLedger } from '../../test/support/whole-ledger.ts';
import { Failure } from '../processes/failure.ts';
import { type Figure, percentile, round } from './figure.ts';

const ISSUED_WITHIN_MS = 120_000;
const AT_REST_MS = 3_000;
const MOST_MS = 100;
const SIDE_PX = 3_000;
/** As it is built: it is the largest text of each package. */
const WEB = path.resolve(import.meta.dirname, '../../web/dist');

export async function measureResponsiveness({ atOnce = 20 } = {}): Promise<Figure[]> {
  const ledger = await startWholeLedger();
  const portal = await portalProcess({
    LEDGER_URL: ledger.url,
    LEDGER_API_KEY_FILE: ledger.keyFile,
    WEB_DIST: folderWithVerifier(),
  });
  try {
    await portal.start();
    const rest = await probeUntil(portal.url, pause(AT_REST_MS));
    const measure = async (name: string, work: () => Promise<unknown>): Promise<Figure> => {
      const startedAt = performance.now();
      const busy = await probeUntil(portal.url, work());
      return figureOf(name, { rest, busy, tookMs: performance.now() - startedAt });
    };
    const [reviewer, member] = [await portal.reviewer(), await portal.member()];
    const issue = await prepare({ reviewer, member }, atOnce);
    const issued = await measure(`/healthz while ${atOnce} certificates are issued, p99`, issue);
    const { id, workId, fileId } = await largeOrder({ reviewer, member });
    const registration = await draftRegistration(member, workId);
    const all = (address: string) => () => Promise.all(Array.from({ length: atOnce }, () => read(member, address)));
    return [
      issued,
      await measure(`the same while ${atOnce} packages are downloaded`, all(`/attestations/${id}/package`)),
      await measure(`the same while ${atOnce} thumbnails are drawn`, all(`/works/${workId}/files/${fileId}/thumbnail`)),
      await measure(
        `the same while ${atOnce} templates are filled in`,
        all(`/registrations/${registration.id}/templates/GUARANTEE`),
      ),
    ];
  } finally {
    await portal.remove();
    await ledger.stop();
  }
}

function figureOf(
  name: string,
  { rest, busy, tookMs }: { rest: readonly number[]; busy: readonly number[]; tookMs: number },
): Figure {
  return {
    name,
    unit: 'ms',
    ours: round(percentile(busy, 99)),
    peer: { name: 'at rest before', value: round(percentile(rest, 99)) },
    comparison: 'cost',
    target: { on: 'ours', atMost: MOST_MS },
    details: {
      p50: round(percentile(busy, 50)),
      longest: round(percentile(busy, 100)),
      probes: busy.length,
      seconds: round(tookMs / 1_000),
    },
  };
}

interface People {
  reviewer: PortalClient;
  member: PortalMember;
}

/** Certified, of one picture of some megabytes. */
async function largeOrder({ reviewer, member }: People): Promise<{ id: string; workId: string; fileId: string }> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const picture = await sharp({ create: { width: SIDE_PX, height: SIDE_PX, channels: 3, background: '#000', noise } })
    .jpeg({ quality: 95 })
    .toBuffer();
  const { id, workId } = await paidOrder(member, picture);
  await orderIn('UNDER_REVIEW', member, id, ISSUED_WITHIN_MS);
  await approve(reviewer, id);
  await orderIn('CERTIFIED', member, id, ISSUED_WITHIN_MS);
  const { files } = (await expectStatus(200, member.get(`/works/${workId}`))).body;
  return { id, workId, fileId: files[0].uploadId };
}

/** Keeps nothing: this process asks for `/healthz` at the same time. */
async function read({ url, cookie = '' }: PortalClient, address: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1${address}`, { headers: { cookie } });
  if (!answer.ok || !answer.body) throw new Failure(`${address} answered ${answer.status}`);
  for await (const _ of answer.body);
}

/** Paid orders of members; what is answered approves all of them at once and waits for their certificates. */
async function prepare({ reviewer, member }: People, count: number): Promise<() => Promise<unknown>> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push((await paidOrder(member)).id);
  for (const id of ids) await orderIn('UNDER_REVIEW', member, id, ISSUED_WITHIN_MS);
  return async () => {
    await Promise.all(ids.map((id) => approve(reviewer, id)));
    for (const id of ids) await orderIn('CERTIFIED', member, id, ISSUED_WITHIN_MS);
  };
}

/** Milliseconds of each request until `work` has ended. */
async function probeUntil(url: string, work: Promise<unknown>): Promise<number[]> {
  const probe = new Worker(new URL('./healthz-probe.ts', import.meta.url), { workerData: { url } });
  await work;
  probe.postMessage('end');
  const [times] = await once(probe, 'message');
  return times;
}

function folderWithVerifier(): string {
  const folder = path.join(temporaryFolder(), 'web');
  mkdirSync(folder, { recursive: true });
  for (const name of ['verify.html', 'court-guide.html', 'court-guide.en.html'])
    copyFileSync(path.join(WEB, name), path.join(folder, name));
  return folder;
}
