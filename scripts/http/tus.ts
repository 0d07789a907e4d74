// SPDX-License-Identifier: Apache-2.0
// Sends a file by tus, with the client that the web pages use.
import type { ReadStream } from 'node:fs';
import { Upload, type UploadOptions } from 'tus-js-client';
import type { PortalVisitor } from './portal-visitor.ts';

export interface TusFile {
  source: Buffer | ReadStream;
  size: number;
  name: string;
  /** Of an upload that an earlier try began. */
  id?: string | undefined;
}

/** Answers the upload's id once the last byte was accepted. Without `retryDelays` nothing is sent twice. */
export async function sendByTus(
  visitor: PortalVisitor,
  { source, size, name, id }: TusFile,
  options: Pick<UploadOptions, 'chunkSize' | 'retryDelays' | 'onProgress'> = {},
): Promise<string> {
  const endpoint = `${visitor.url}/api/v1/uploads`;
  const headers = await visitor.credentials();
  const done = Promise.withResolvers<string>();
  const upload = new Upload(source, {
    endpoint,
    ...(id ? { uploadUrl: `${endpoint}/${id}` } : {}),
    headers,
    uploadSize: size,
    metadata: { filename: name },
    retryDelays: null,
    ...options,
    onError: done.reject,
    onSuccess: () => done.resolve(upload.url?.split('/').at(-1) ?? ''),
  });
  upload.start();
  return done.promise;
}
