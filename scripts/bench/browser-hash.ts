// SPDX-License-Identifier: Apache-2.0
// Both digests of a large file as the look-up page makes them: two workers of the built pages, in a real browser, on a
// file chosen from disk. Beside the slower digest alone, which no more cores can beat.
import { openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { findChromium, launchChromium } from '../../test/support/chromium.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { type Result, round } from './figure.ts';

const ASSETS = path.resolve(import.meta.dirname, '../../web/dist/assets');
const PAGE = path.join(import.meta.dirname, 'browser-hash.html');
const MIB = 2 ** 20;
const ROUNDS = 3;
const FIGURE = 'both digests of a file in the browser';

type Algorithm = 'sha256' | 'sm3';

export async function measureBrowserHash(mib = 1024): Promise<Result[]> {
  if (!findChromium()) return [{ name: FIGURE, skipped: 'no Chromium' }];
  const server = await serveWorker();
  const port = portOf(server);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.setInputFiles('input', fileOf(mib));
    // Megabytes per second, the best of the rounds for each; they take turns.
    const rate = async (algorithms: Algorithm[]) => {
      const ms = await page.evaluate<number>(`digest(${JSON.stringify(algorithms)})`);
      return (mib * MIB) / 1e3 / ms;
    };
    const best = { both: 0, sha256: 0, sm3: 0 };
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      best.both = Math.max(best.both, await rate(['sha256', 'sm3']));
      best.sha256 = Math.max(best.sha256, await rate(['sha256']));
      best.sm3 = Math.max(best.sm3, await rate(['sm3']));
    }
    return [
      {
        name: FIGURE,
        unit: 'MB/s',
        ours: round(best.both, 1),
        peer: { name: 'the slower digest alone', value: round(Math.min(best.sha256, best.sm3), 1) },
        comparison: 'faster',
        target: { on: 'ours', atLeast: 100 },
        details: { mib, sha256Alone: round(best.sha256, 1), sm3Alone: round(best.sm3, 1), rendererPeakMB: peakMB() },
      },
    ];
  } finally {
    await browser.close();
    server.close();
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no TCP port');
  return address.port;
}

async function serveWorker(): Promise<Server> {
  const name = readdirSync(ASSETS).find((file) => /^digest\.worker.*\.js$/.test(file));
  if (!name) throw new Error('the web pages are not built');
  const worker = readFileSync(path.join(ASSETS, name));
  const page = readFileSync(PAGE);
  const server = createServer(({ url }, res) => {
    const isWorker = url === '/worker.js';
    res.setHeader('Content-Type', isWorker ? 'text/javascript' : 'text/html');
    res.end(isWorker ? worker : page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function fileOf(mib: number): string {
  const file = path.join(temporaryFolder('inkseal-bench-'), 'original.bin');
  const handle = openSync(file, 'w');
  const bytes = Buffer.alloc(MIB, 'inkseal');
  for (let written = 0; written < mib; written += 1) writeSync(handle, bytes);
  return file;
}

/** Of the largest renderer process there is: Linux only. */
function peakMB(): number {
  const peaks = readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .map((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) return 0;
        return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
      } catch {
        // It ended meanwhile.
        return 0;
      }
    });
  return round((Math.max(0, ...peaks) * 1024) / 1e6, 0);
}
