// SPDX-License-Identifier: Apache-2.0
// Uploads: resumable, encrypted as they arrive, hashed, and put into the content store.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { RequestHandler, Router } from 'express';
import type { Endpoint } from '../http/endpoint.ts';
import type { RateLimits } from '../http/rate-limits.ts';
import { NotYet, type Topics } from '../queue/outbox-worker.ts';
import type { Schedules } from '../queue/schedules.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { completeUpload } from './complete-upload.ts';
import { Digests } from './digests.ts';
import { EncryptingStore } from './encrypting-store.ts';
import { KeyedLock } from './keyed-lock.ts';
import { freeForUploads } from './room.ts';
import { storedUploads } from './stored-uploads.ts';
import { expireUploads, recoverUploads, tidyUpload } from './tidy-uploads.ts';
import { COMPLETE_TOPIC, TIDY_TOPIC, UPLOAD_LIMITS, type UploadLimits, type UploadsContext } from './upload.ts';
import { uploadEndpoints, uploadsRouter } from './uploads.routes.ts';

export { CHUNK_BYTES, keyContext } from './container.ts';
export { discardUploads } from './discard-uploads.ts';
export { encryptBytes } from './encrypt-bytes.ts';
export { originalsOf } from './originals.ts';
export { type OriginalSource, readFailure, readOriginal, type StoredUpload } from './read-original.ts';
export { RECEIVED_UPLOAD, type ReceivedUpload, receivedUpload } from './received-upload.ts';
export { attachment } from './send-original.ts';
export { storedUploads } from './stored-uploads.ts';
export { tusRoutes } from './tus-routes.ts';
export type { Upload, UploadLimits, UploadProblem } from './upload.ts';
export { uploadApi } from './uploads.api.ts';
export { requireUpload } from './uploads.store.ts';

/** Completions at the same time: each reads, opens and stores a whole file. */
const MAX_COMPLETIONS = 2;
const EXPIRE_EVERY_MS = 15 * 60_000;

export type UploadsOptions = Pick<UploadsContext, 'db' | 'vault' | 'store' | 'folder' | 'copies' | 'onItemFailure'> & {
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
  config: { dataFolder: string; uploadLimits: Partial<UploadLimits>; kuboRpcUrl?: string | undefined };
};

/** In the folder and with the limits of the configuration. */
export function uploadsOf(platform: UploadsPlatform, problemsOf: UploadsContext['problemsOf']): Promise<Uploads> {
  const { dataFolder, uploadLimits, kuboRpcUrl } = platform.config;
  return openUploads({
    ...platform,
    folder: path.join(dataFolder, 'uploads'),
    limits: uploadLimits,
    // Blocks on disk are a second copy beside the container; Kubo keeps its own elsewhere.
    copies: kuboRpcUrl ? 1 : 2,
    rateLimit: platform.limits.handler('upload'),
    problemsOf,
  });
}

/** Makes the folder and finds again what a stop or a kill left in it. Before the server listens. */
export async function openUploads({
  limits,
  rateLimit,
  problemsOf = () => [],
  ...options
}: UploadsOptions): Promise<Uploads> {
  const digests = new Digests();
  const context: UploadsContext = {
    ...options,
    problemsOf,
    limits: { ...UPLOAD_LIMITS, ...limits },
    digests,
    lock: new KeyedLock(),
  };
  await mkdir(context.folder, { recursive: true, mode: 0o700 });
  const store = new EncryptingStore(context);
  await recoverUploads(context, store);
  const expire = () => expireUploads(context);
  return {
    router: uploadsRouter(context, store, rateLimit),
    endpoints: uploadEndpoints(context),
    topics: uploadTopics(context),
    heavyTopics: [COMPLETE_TOPIC],
    schedules: { 'expire-uploads': { everyMs: EXPIRE_EVERY_MS, work: () => expireUploads(context) } },
    stored: [storedUploads(context.db, context)],
    freeBytes: () => freeForUploads(context),
    expire,
    async close() {
      await digests.close();
    },
  };
}

function uploadTopics(context: UploadsContext): Topics {
  let completions = 0;
  return {
    async [COMPLETE_TOPIC]({ uploadId }) {
      if (completions >= MAX_COMPLETIONS) throw new NotYet('a free place');
      completions += 1;
      try {
        await completeUpload(context, String(uploadId));
      } finally {
        completions -= 1;
      }
    },
    [TIDY_TOPIC]: ({ uploadId }) => tidyUpload(context, String(uploadId)),
  };
}
