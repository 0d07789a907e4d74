// SPDX-License-Identifier: Apache-2.0
// Uploads: resumable, encrypted as they arrive, hashed, and put into the content store.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { RequestHandler, Router } from 'express';
import type { Endpoint } from '../http/endpoint.ts';
import type { ScanCounts } from '../http/metrics.ts';
import type { RateLimits } from '../http/rate-limits.ts';
import { NotYet, type TopicHandler, type Topics } from '../queue/outbox-worker.ts';
import type { Schedules } from '../queue/schedules.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { completeUpload } from './complete-upload.ts';
import { Digests } from './digests.ts';
import { EncryptingStore } from './encrypting-store.ts';
import { KeyedLock } from './keyed-lock.ts';
import { partsInFolder, partsInStore } from './part-places.ts';
import { freeForUploads } from './room.ts';
import { scanUpload } from './scan-upload.ts';
import { scanEndpoints } from './scans.routes.ts';
import { StoreAhead } from './store-ahead.ts';
import { storedUploads } from './stored-uploads.ts';
import { expireUploads, removeEndedUploads, tidyUpload } from './tidy-uploads.ts';
import {
  COMPLETE_TOPIC,
  SCAN_TOPIC,
  TIDY_TOPIC,
  UPLOAD_LIMITS,
  type UploadLimits,
  type UploadsContext,
} from './upload.ts';
import { type LockTimes, UploadLocks } from './upload-locks.ts';
import { uploadEndpoints, uploadsRouter } from './uploads.routes.ts';

export { CHUNK_BYTES, keyContext } from './container.ts';
export { discardUploads } from './discard-uploads.ts';
export { encryptBytes } from './encrypt-bytes.ts';
export { originalsOf } from './originals.ts';
export { type OriginalSource, readFailure, readOriginal, type StoredUpload } from './read-original.ts';
export { RECEIVED_UPLOAD, type ReceivedUpload, receivedUpload } from './received-upload.ts';
export { scansApi } from './scans.api.ts';
export { attachment } from './send-original.ts';
export { storedUploads } from './stored-uploads.ts';
export { tusRoutes } from './tus-routes.ts';
export type { FoundUpload, Upload, UploadLimits, UploadProblem } from './upload.ts';
export { uploadApi } from './uploads.api.ts';
export { requireUpload } from './uploads.store.ts';

/** Completions at the same time: each reads, opens and stores a whole file. */
const MAX_COMPLETIONS = 2;
/** Each keeps one of the scanner's threads, and a worker of the outbox, for as long as it takes. */
const MAX_SCANS = 2;
const EXPIRE_EVERY_MS = 15 * 60_000;

export type UploadsOptions = Pick<
  UploadsContext,
  'db' | 'vault' | 'store' | 'folder' | 'onItemFailure' | 'malware' | 'countScan' | 'tellFound'
> & {
  /** Where uploads lie while they arrive: in the folder, which all portals share, or in the content store. */
  partsIn: 'folder' | 'store';
  /** The content store takes no room on the disk of the folder. */
  isStoreElsewhere?: boolean;
  lockTimes?: Partial<LockTimes>;
  limits?: Partial<UploadLimits>;
  problemsOf?: UploadsContext['problemsOf'];
  /** The budget of requests per address. */
  rateLimit?: RequestHandler;
};

export interface Uploads {
  /** The tus server, for the routers that read the body by themselves. */
  router: Router;
  endpoints: readonly Endpoint[];
  /** For the outbox worker. */
  topics: Topics;
  heavyTopics: readonly string[];
  schedules: Schedules;
  stored: readonly StoredKind[];
  /** Bytes of the disk that uploads may still take; negative when the reserve is touched. */
  freeBytes(): Promise<number>;
  /** Ends what is over. */
  expire(): Promise<number>;
  close(): Promise<void>;
}

/** What uploads need of the platform, which knows their settings and so is not imported here. */
type UploadsPlatform = Pick<UploadsContext, 'db' | 'vault' | 'store' | 'onItemFailure'> & {
  limits: RateLimits;
  scans: ScanCounts;
  config: Pick<UploadsContext, 'malware'> & {
    dataFolder: string;
    uploadLimits: Partial<UploadLimits>;
    uploadParts?: 'store' | 'folder' | undefined;
    contentPlace: { kind: string };
  };
};

/** In the folder and with the limits of the configuration. */
export function uploadsOf(
  platform: UploadsPlatform,
  hooks: Pick<UploadsContext, 'problemsOf' | 'tellFound'>,
): Promise<Uploads> {
  const { dataFolder, uploadLimits, uploadParts, contentPlace, malware } = platform.config;
  const isOnDisk = contentPlace.kind === 'disk';
  return openUploads({
    ...platform,
    folder: path.join(dataFolder, 'uploads'),
    limits: uploadLimits,
    // Who shares blocks on disk shares this folder too. With the other stores the portals need not share any disk.
    partsIn: uploadParts ?? (isOnDisk ? 'folder' : 'store'),
    isStoreElsewhere: !isOnDisk,
    rateLimit: platform.limits.handler('upload'),
    ...hooks,
    malware,
    countScan: (verdict) => platform.scans.inc({ verdict }),
  });
}

/** Makes the folder and removes what a stop or a kill left in it. Before the server listens. */
export async function openUploads({
  limits,
  rateLimit,
  problemsOf = () => [],
  partsIn,
  isStoreElsewhere = false,
  lockTimes,
  ...options
}: UploadsOptions): Promise<Uploads> {
  const digests = new Digests();
  const parts = partsIn === 'store' ? partsInStore(options.store) : partsInFolder(options.folder);
  const ahead = isStoreElsewhere ? undefined : new StoreAhead({ ...options, parts });
  const context: UploadsContext = {
    ...options,
    problemsOf,
    limits: limitsOf({ ...UPLOAD_LIMITS, ...limits }, options.malware),
    digests,
    ahead,
    parts,
    copies: isStoreElsewhere ? (partsIn === 'folder' ? 1 : 0) : 2,
    locks: new UploadLocks(options.db, lockTimes),
    completions: new KeyedLock(),
  };
  await mkdir(context.folder, { recursive: true, mode: 0o700 });
  const store = new EncryptingStore(context);
  await removeEndedUploads(context);
  const expire = () => expireUploads(context);
  return {
    router: uploadsRouter(context, store, rateLimit),
    endpoints: [...uploadEndpoints(context), ...scanEndpoints(context.db)],
    topics: uploadTopics(context),
    heavyTopics: [COMPLETE_TOPIC],
    schedules: { 'expire-uploads': { everyMs: EXPIRE_EVERY_MS, work: () => expireUploads(context) } },
    stored: [storedUploads(context.db, context)],
    freeBytes: () => freeForUploads(context),
    expire,
    async close() {
      await ahead?.close();
      await digests.close();
    },
  };
}

/** What cannot be scanned is refused before a byte of it comes, unless it is taken all the same. */
function limitsOf(limits: UploadLimits, malware: UploadsContext['malware']): UploadLimits {
  if (!malware || malware.takesLarger) return limits;
  return { ...limits, maxSize: Math.min(limits.maxSize, malware.scanner.maxBytes) };
}

function uploadTopics(context: UploadsContext): Topics {
  return {
    [COMPLETE_TOPIC]: atMost(MAX_COMPLETIONS, ({ uploadId }) => completeUpload(context, String(uploadId))),
    [SCAN_TOPIC]: atMost(MAX_SCANS, ({ uploadId }) => scanUpload(context, String(uploadId))),
    [TIDY_TOPIC]: ({ uploadId }) => tidyUpload(context, String(uploadId)),
  };
}

function atMost(count: number, handler: TopicHandler): TopicHandler {
  let running = 0;
  return async (...work) => {
    if (running >= count) throw new NotYet('a free place');
    running += 1;
    try {
      await handler(...work);
    } finally {
      running -= 1;
    }
  };
}
