// SPDX-License-Identifier: Apache-2.0
// How long a request waits while the portal issues many certificates at once, PDF and package of each included.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { approve, orderIn, paidOrder } from '../../test/support/orders.ts';
import { type PortalProcess, portalProcess } from '../../test/support/portal-process.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { startWholeLedger } from '../../test/support/whole-ledger.ts';
import { type Figure, percentile, round } from './figure.ts';

const ISSUED_WITHIN_MS = 120_000;
const PROBE_EVERY_MS = 5;
const AT_REST_MS = 3_000;
const MOST_MS = 100;

export async function measureResponsiveness({ certificates = 20 } = {}): Promise<Figure[]> {
  const ledger = await startWholeLedger();
  const portal = await portalProcess({
    LEDGER_URL: ledger.url,
    LEDGER_API_KEY_FILE: ledger.keyFile,
    WEB_DIST: folderWithVerifier(),
  });
  try {
    await portal.start();
    const rest = await probeUntil(portal.url, pause(AT_REST_MS));
    const issue = await prepare(portal, certificates);
    const startedAt = performance.now();
    const busy = await probeUntil(portal.url, issue());
    const tookMs = performance.now() - startedAt;
    return [
      {
        name: `/healthz while ${certificates} certificates are issued, p99`,
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
      },
    ];
  } finally {
    await portal.remove();
    await ledger.stop();
  }
}

/** Paid orders of members; what is answered approves all of them at once and waits for their certificates. */
async function prepare(portal: PortalProcess, count: number): Promise<() => Promise<unknown>> {
  const [reviewer, member] = [await portal.reviewer(), await portal.member()];
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push((await paidOrder(member)).id);
  for (const id of ids) await orderIn('UNDER_REVIEW', member, id, ISSUED_WITHIN_MS);
  return async () => {
    await Promise.all(ids.map((id) => approve(reviewer, id)));
    for (const id of ids) await orderIn('CERTIFIED', member, id, ISSUED_WITHIN_MS);
  };
}

/** Milliseconds of each request, one after another, until `work` has ended. */
async function probeUntil(url: string, work: Promise<unknown>): Promise<number[]> {
  let isOver = false;
  const ended = work.finally(() => {
    isOver = true;
  });
  const times: number[] = [];
  while (!isOver) {
    const startedAt = performance.now();
    await (await fetch(`${url}/healthz`)).arrayBuffer();
    times.push(performance.now() - startedAt);
    await pause(PROBE_EVERY_MS);
  }
  await ended;
  return times;
}

function folderWithVerifier(): string {
  const folder = path.join(temporaryFolder(), 'web');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'verify.html'), '<!doctype html><title>verifier</title>');
  return folder;
}
