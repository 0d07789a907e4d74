// SPDX-License-Identifier: Apache-2.0
// The portal's uploads behind its real HTTP application, without the other domains: POST /test-sessions/{account id}
// logs in, GET /originals/{upload id} downloads. Also a program, so that tests can kill it:
//   uploads-server.ts <database URL> <data folder> [Kubo RPC URL]      prints the address it listens on
//     --shared <folder>    master key and content store that other servers use too
//     --parts <folder or store>   where it lies while it arrives: in the store with Kubo, unless given
//     --hold-ms <number>   a lock that was not renewed for so long is free

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createLogger } from '@inkseal/service-kit';
import express from 'express';
import { z } from 'zod';
import { readOrMakeKeyFile } from '../../portal-api/src/crypto/key-file.ts';
import { createVault } from '../../portal-api/src/crypto/vault.ts';
import { type Database, openDatabase } from '../../portal-api/src/db/database.ts';
import { createApp } from '../../portal-api/src/http/app.ts';
import { endpoint } from '../../portal-api/src/http/endpoint.ts';
import { type LoadMember, memberOf } from '../../portal-api/src/http/members.ts';
import {
  createItemFailures,
  createMetrics,
  createScanCounts,
  createSmsTries,
} from '../../portal-api/src/http/metrics.ts';
import { operation } from '../../portal-api/src/http/operation.ts';
import { createRateLimits } from '../../portal-api/src/http/rate-limits.ts';
import { createSessions, logIn } from '../../portal-api/src/http/sessions.ts';
import { startOutboxWorker } from '../../portal-api/src/queue/outbox-worker.ts';
import { clearIncoming, openDiskStore } from '../../portal-api/src/storage/disk-store.ts';
import { createKuboStore } from '../../portal-api/src/storage/kubo-store.ts';
import { type OriginalSource, openUploads, type UploadsOptions } from '../../portal-api/src/uploads/index.ts';
import { sendOriginal } from '../../portal-api/src/uploads/send-original.ts';
import { findOwnUpload } from '../../portal-api/src/uploads/uploads.routes.ts';
import { testCarrier } from './carrier.ts';

export interface UploadsServer {
  url: string;
  expire(): Promise<number>;
  stop(): Promise<void>;
}

export interface UploadsServerOptions {
  databaseUrl: string;
  dataFolder: string;
  /** Of the master key and the content store; the data folder unless given. */
  sharedFolder?: string;
  kuboRpcUrl?: string | undefined;
  partsIn?: UploadsOptions['partsIn'];
  lockTimes?: UploadsOptions['lockTimes'];
  limits?: UploadsOptions['limits'];
  malware?: UploadsOptions['malware'];
  /** Replaces parts of the store, to make them fail. */
  store?: (store: UploadsOptions['store']) => UploadsOptions['store'];
}

const NO_COUNTS = {
  damaged: async () => 0,
  isAuditBroken: async () => false,
  unkeptReceipts: async () => 0,
  parkedByTopic: async () => [],
  waitingByTopic: async () => [],
  queueConnections: () => undefined,
  itemFailures: createItemFailures(),
  smsTries: createSmsTries(),
  scans: createScanCounts(),
  clockOffsetMs: () => undefined,
  copiesMissing: () => undefined,
};
const onItemFailure = ({ error }: { error: unknown }) => {
  throw error;
};

export async function startUploadsServer(options: UploadsServerOptions): Promise<UploadsServer> {
  const { databaseUrl, dataFolder, kuboRpcUrl, lockTimes, limits = {}, malware } = options;
  const partsIn = options.partsIn ?? (kuboRpcUrl ? 'store' : 'folder');
  const { sharedFolder = dataFolder } = options;
  const vault = createVault(readOrMakeKeyFile(path.join(sharedFolder, 'keys', 'master.json')));
  const db = openDatabase(databaseUrl);
  const blocks = path.join(sharedFolder, 'store');
  if (!options.sharedFolder) await clearIncoming(blocks);
  const own = kuboRpcUrl ? createKuboStore(kuboRpcUrl) : await openDiskStore(blocks);
  const store = options.store?.(own) ?? own;
  const uploads = await openUploads({
    db,
    vault,
    store,
    folder: path.join(dataFolder, 'uploads'),
    partsIn,
    limits,
    malware,
    countScan: (verdict) => NO_COUNTS.scans.inc({ verdict }),
    ...(lockTimes ? { lockTimes } : {}),
    onItemFailure,
  });
  const logger = createLogger({ service: 'portal', level: 'silent' });
  const sessions = createSessions({
    db,
    secret: vault.derive('session'),
    isHttps: false,
    onStoreError: () => undefined,
  });
  const app = createApp({
    config: { isHttps: false, trustProxy: ['loopback'], metricsToken: undefined, staff: { isStrict: false } },
    logger,
    limits: createRateLimits({ scale: 1_000 }),
    sessions,
    loadMember,
    openEndpoints: [],
    endpoints: [...uploads.endpoints, originalEndpoint(db, { store, vault })],
    bodyRouters: [loginRouter(), uploads.router],
    readiness: async () => ({ ready: true, parts: {} }),
    metrics: createMetrics(db.pool, 16, { ...NO_COUNTS, freeBytes: uploads.freeBytes }),
  });
  const carrier = testCarrier(databaseUrl);
  const worker = startOutboxWorker({
    db,
    carrier,
    heavyTopics: uploads.heavyTopics,
    topics: uploads.topics,
    onFailure: ({ topic, error }) => console.error(topic, error),
  });
  const server = createServer(app);
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    expire: uploads.expire,
    async stop() {
      server.close();
      server.closeAllConnections();
      await worker.stop();
      await carrier.close();
      await uploads.close();
      sessions.close();
      await db.close();
    },
  };
}

const loadMember: LoadMember = async (id) => ({
  id,
  sessionEpoch: 0,
  owner: { accountId: id, organisationId: null },
  organisationRole: null,
  isVerified: true,
  roles: [],
  hasSecondStep: false,
});

function loginRouter(): express.Router {
  return express.Router().post('/test-sessions/:id', async (req, res) => {
    await logIn(req, { id: req.params.id, sessionEpoch: 0, organisationId: null });
    res.status(204).end();
  });
}

const originalOperation = operation({
  method: 'get',
  path: '/originals/{id}',
  summary: 'An original of mine',
  access: 'member',
  params: z.object({ id: z.string() }),
  media: 'application/octet-stream',
  hasRanges: true,
});

function originalEndpoint(db: Database, source: OriginalSource) {
  return endpoint(originalOperation, async ({ params, req, res }) => {
    const upload = await findOwnUpload({ db }, { id: params.id, accountId: memberOf(req).id });
    await sendOriginal(source, upload, req, res);
    return undefined;
  });
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { shared: { type: 'string' }, parts: { type: 'string' }, 'hold-ms': { type: 'string' } },
  });
  const [databaseUrl = '', dataFolder = '', kuboRpcUrl] = positionals;
  const server = await startUploadsServer({
    databaseUrl,
    dataFolder,
    kuboRpcUrl,
    ...(values.parts === 'store' || values.parts === 'folder' ? { partsIn: values.parts } : {}),
    ...(values.shared ? { sharedFolder: values.shared } : {}),
    ...(values['hold-ms']
      ? { lockTimes: { holdMs: Number(values['hold-ms']), renewEveryMs: Number(values['hold-ms']) / 6 } }
      : {}),
  });
  console.log(`listening on ${server.url}`);
  process.once('SIGTERM', () => void server.stop());
}
