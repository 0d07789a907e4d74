// SPDX-License-Identifier: Apache-2.0
// `npm run big-file [-- --mib 2048]`: takes a large file from upload to certificate on its own system, and back.
// Prints the peak memory of portal and ledger, and whether anything of the file lies in clear under the data folder.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { approve, certified, pay, saveWork, submitOrder } from './demo/order.ts';
import { creator as logInCreator, reviewer as logInReviewer } from './demo/person.ts';
import { uploadFile } from './demo/upload.ts';
import { runJob } from './processes/failure.ts';
import { startOwnSystem } from './processes/own-system.ts';

const MIB = 2 ** 20;
const MAX_PEAK_MB = 400;
/** Stands in the file every 32 bytes, so that any 64 bytes of it contain it whole. */
const MARK = randomBytes(16);

await runJob(async () => {
  const { values } = parseArgs({ options: { mib: { type: 'string', default: '2048' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log('npm run big-file [-- --mib N]   a file of N MiB (2048) through a system of its own, and back');
    return 0;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'inkseal-big-'));
  try {
    const figures = await measure(folder, Number(values.mib));
    console.table(figures);
    const { portalPeakMB, ledgerPeakMB, inClear, isSame } = figures;
    return Math.max(portalPeakMB, ledgerPeakMB) < MAX_PEAK_MB && inClear === 0 && isSame ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function measure(folder: string, mib: number) {
  const file = path.join(folder, 'original.bin');
  await pipeline(Readable.from(marked(mib)), createWriteStream(file));
  const dataFolder = path.join(folder, 'data');
  const { portalUrl, system } = await startOwnSystem(folder, dataFolder);
  const figures = await use(portalUrl, { folder, dataFolder, file }).finally(() => system.stop());
  // When nothing changes any more.
  return { mib, ...figures, inClear: await filesInClear(dataFolder) };
}

async function use(url: string, { folder, dataFolder, file }: Record<'folder' | 'dataFolder' | 'file', string>) {
  const demo = { url, dataFolder, say: console.error };
  const creator = await logInCreator(demo);
  const startedAt = Date.now();
  const stored = await uploadFile(creator, file, console.error);
  const uploadSeconds = Math.round((Date.now() - startedAt) / 1000);
  const workId = await saveWork(creator, file, stored);
  const order = await submitOrder(creator, workId);
  await pay(creator, order);
  await approve({ creator, reviewer: await logInReviewer(demo) }, order);
  await certified(creator, order);
  console.error('certificate issued; downloading');
  await creator.save(`/attestations/${order.id}/package`, path.join(folder, 'package.zip'));
  const back = path.join(folder, 'back.bin');
  await creator.save(`/works/${workId}/files/${stored.id}/content`, back);
  return {
    uploadSeconds,
    totalSeconds: Math.round((Date.now() - startedAt) / 1000),
    portalPeakMB: peakOf('portal-api/src/main.ts', dataFolder),
    ledgerPeakMB: peakOf('ledger-service/src/main.ts', dataFolder),
    isSame: (await digestOf(file)) === (await digestOf(back)),
  };
}

function* marked(mib: number): Generator<Buffer> {
  for (let index = 0; index < mib; index += 1) {
    const block = randomBytes(MIB);
    for (let offset = 0; offset < MIB; offset += 32) MARK.copy(block, offset);
    yield block;
  }
}

/** Peak resident memory since the process began, of the one that works in this data folder. */
function peakOf(script: string, dataFolder: string): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (!readIfThere(`/proc/${pid}/cmdline`).includes(script)) continue;
    if (!readIfThere(`/proc/${pid}/environ`).includes(`INKSEAL_DATA=${dataFolder}\0`)) continue;
    const [, kib] = /^VmHWM:\s+(\d+) kB/m.exec(readIfThere(`/proc/${pid}/status`)) ?? [];
    return Math.round((Number(kib) * 1024) / 1e6);
  }
  return Number.NaN;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function filesInClear(folder: string): Promise<number> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((item) => item.isFile());
  let found = 0;
  for (const { parentPath, name } of files) if (await holdsMark(path.join(parentPath, name))) found += 1;
  return found;
}

async function holdsMark(file: string): Promise<boolean> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 4 * MIB })) {
    const bytes = Buffer.concat([rest, chunk]);
    if (bytes.includes(MARK)) return true;
    rest = bytes.subarray(-MARK.length);
  }
  return false;
}
