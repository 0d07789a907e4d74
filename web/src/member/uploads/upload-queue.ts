// SPDX-License-Identifier: Apache-2.0
// Files on their way to the portal: two at a time, each with pause, resume and cancel. The queue belongs to the site
// and not to a page, so that uploads go on while their owner looks at something else.
import { useSyncExternalStore } from 'react';
import { Upload } from 'tus-js-client';
import { ApiError, toApiError } from '../../api/api-error.ts';
import { API, call, csrfToken, forgetCsrfToken } from '../../api/client.ts';
import { signInAgain } from '../../api/session-gate.ts';
import { localDigest } from './local-digest.ts';
import { createSpeedometer } from './speed.ts';
import { codeOfFailure, isWorthRetrying } from './upload-failure.ts';
import type { UploadItem } from './upload-item.ts';

const PARALLEL = 2;
/** What one request carries: small enough for proxies, large enough to be fast. */
const CHUNK_BYTES = 32 * 1024 * 1024;
const RETRY_MS = [0, 1_000, 3_000, 8_000];
const POLL_MS = 1_000;
/** A scanner may be down for long. */
const SCAN_POLL_MS = 3_000;

let items: readonly UploadItem[] = [];
const running = new Map<string, Upload>();
const digests = new Map<string, Promise<string>>();
const listeners = new Set<() => void>();

export const uploadQueue = {
  /** `uploadId`: goes on with an upload that was interrupted. */
  add(file: File, owner: string, uploadId?: string): void {
    const item: UploadItem = {
      key: crypto.randomUUID(),
      uploadId,
      owner,
      file,
      state: 'waiting',
      sentBytes: 0,
      bytesPerSecond: 0,
      error: undefined,
      status: undefined,
    };
    publish([...items, item]);
    startNext();
  },
  pause(key: string): void {
    void running.get(key)?.abort();
    update(key, { state: 'paused', bytesPerSecond: 0 });
    startNext();
  },
  resume(key: string): void {
    update(key, { state: 'waiting', error: undefined });
    startNext();
  },
  /** Drops it here; what the portal has of an unfinished one goes too. */
  remove(key: string): void {
    const item = find(key);
    const isUnfinished = item && item.state !== 'complete';
    void running
      .get(key)
      ?.abort(Boolean(isUnfinished && item.uploadId))
      .catch(ignore);
    running.delete(key);
    publish(items.filter((each) => each.key !== key));
    startNext();
  },
};

export function useUploads(): readonly UploadItem[] {
  return useSyncExternalStore(subscribe, () => items);
}

function startNext(): void {
  const isSending = items.filter(({ state }) => state === 'sending').length;
  for (const item of items.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, PARALLEL - isSending))) {
    update(item.key, { state: 'sending' });
    begin(item).catch((error: unknown) => fail(item.key, toApiError(error)));
  }
}

async function begin(item: UploadItem): Promise<void> {
  const known = running.get(item.key);
  if (known) return known.start();
  const upload = createUpload(item);
  running.set(item.key, upload);
  const digest = localDigest(item.file);
  digest.catch(ignore);
  digests.set(item.key, digest);
  if (item.uploadId === undefined) {
    const [previous] = await upload.findPreviousUploads();
    if (previous) {
      upload.resumeFromPreviousUpload(previous);
      const begun = idIn(previous.uploadUrl);
      // Only what was begun with this very file goes on; anything else is a new upload.
      const isSame = begun !== undefined && (await stateDigest(item.key, begun).catch(() => false));
      if (!isSame) upload.url = null;
    }
  } else await stateDigest(item.key, item.uploadId);
  upload.start();
}

function createUpload({ key, file, uploadId }: UploadItem): Upload {
  const speed = createSpeedometer();
  const upload: Upload = new Upload(file, {
    endpoint: `${API}/uploads`,
    ...(uploadId !== undefined && { uploadUrl: `${API}/uploads/${uploadId}` }),
    metadata: { filename: file.name },
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_MS,
    removeFingerprintOnSuccess: true,
    onBeforeRequest: async (request) => request.setHeader('X-CSRF-Token', await csrfToken()),
    onShouldRetry: isWorthRetrying,
    onUploadUrlAvailable: () => {
      const id = idIn(upload.url);
      update(key, { uploadId: id });
      // Early, so that nobody goes on with another file should this page be closed.
      if (id) void stateDigest(key, id).catch(ignore);
    },
    onProgress: (sentBytes) =>
      update(key, { sentBytes, bytesPerSecond: speed.measure(sentBytes, performance.now()), error: undefined }),
    onError: (error) => fail(key, codeOfFailure(error)),
    onSuccess: () => {
      update(key, { state: 'finishing', sentBytes: file.size, uploadId: idIn(upload.url) });
      startNext();
      awaitCompletion(key).catch((error: unknown) => fail(key, toApiError(error)));
    },
  });
  return upload;
}

/** Tells the portal the digest of this device's file; fails with `upload-corrupt` when the upload is of another one. */
async function stateDigest(key: string, id: string): Promise<boolean> {
  const localSha256 = await digests.get(key);
  if (!localSha256) return false;
  await call('put', '/upload-status/{id}/expected-digest', { params: { id }, body: { sha256: localSha256 } });
  update(key, { localSha256 });
  return true;
}

/** All is sent; the portal still hashes and stores it. */
async function awaitCompletion(key: string): Promise<void> {
  const item = find(key);
  if (!item?.uploadId || !(item.state === 'finishing' || item.state === 'scanning')) return;
  if (!item.localSha256) await stateDigest(key, item.uploadId);
  const status = await call('get', '/upload-status/{id}', { params: { id: item.uploadId } });
  const again = (ms: number) => setTimeout(() => void awaitCompletion(key).catch(ignore), ms);
  if (status.state === 'RECEIVING') again(POLL_MS);
  else if (status.state === 'SCANNING') {
    update(key, { state: 'scanning' });
    again(SCAN_POLL_MS);
  } else if (status.state === 'QUARANTINED') fail(key, new ApiError('upload-infected'));
  else if (status.state === 'COMPLETE') update(key, { state: 'complete', status });
  else fail(key, new ApiError('upload-corrupt'));
}

/** Waits for a new session or token where that was the cause, and for the owner otherwise. */
function fail(key: string, error: ApiError): void {
  if (error.code === 'unauthenticated' || error.code === 'csrf-invalid') {
    update(key, { state: 'paused', error: error.code });
    forgetCsrfToken();
    const renewed = error.code === 'unauthenticated' ? signInAgain() : Promise.resolve();
    void renewed.then(() => uploadQueue.resume(key));
    return;
  }
  const isOver = ['upload-corrupt', 'upload-infected', 'payload-too-large'].includes(error.code);
  update(key, { state: isOver ? 'failed' : 'paused', error: error.code, bytesPerSecond: 0 });
  startNext();
}

const find = (key: string) => items.find((item) => item.key === key);

function update(key: string, part: Partial<UploadItem>): void {
  publish(items.map((item) => (item.key === key ? { ...item, ...part } : item)));
}

function publish(next: readonly UploadItem[]): void {
  items = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const idIn = (url: string | null): string | undefined => url?.split('/').pop();

function ignore(): void {
  // The portal tidies what nobody finishes.
}

if (typeof window !== 'undefined') {
  window.addEventListener('online', () => {
    for (const { key, state, error } of items) if (state === 'paused' && error === 'offline') uploadQueue.resume(key);
  });
  // A closed page cannot send: the browser asks whether that is meant.
  window.addEventListener('beforeunload', (event) => {
    if (items.some(({ state }) => state === 'sending' || state === 'waiting')) event.preventDefault();
  });
}
