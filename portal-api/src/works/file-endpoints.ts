// SPDX-License-Identifier: Apache-2.0
// The two ways to a file, whoever it belongs to: its content, and a small picture of it.
import type { Request, Response } from 'express';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import type { fileOperations } from '../http/file-operations.ts';
import { makeThumbnail } from './thumbnail.ts';

/** Originals, for a reader who may have them. */
export interface Originals {
  /** Answers with the file, or the range asked for, as a download. */
  send(uploadId: string, req: Request, res: Response): Promise<void>;
  /** The whole file, when a picture of it can be made; `file-not-found` otherwise. */
  readImage(uploadId: string): Promise<() => Promise<Buffer>>;
}

export interface FileGuard {
  /** Throws `file-not-found` for whoever may not see it; `glance` is the small picture. */
  allow(req: Request, wanted: { id: string; uploadId: string }, kind: 'read' | 'glance'): Promise<void>;
  /** Whether the browser may keep the small picture, for an hour: not on the desks of staff. */
  mayKeep: boolean;
}

export function fileEndpoints(
  api: ReturnType<typeof fileOperations>,
  originals: Originals,
  { allow, mayKeep }: FileGuard,
): Endpoint[] {
  return [
    endpoint(api.fileContent, async ({ params: wanted, req, res }) => {
      await allow(req, wanted, 'read');
      await originals.send(wanted.uploadId, req, res);
      return undefined;
    }),
    endpoint(api.fileThumbnail, async ({ params: wanted, req, res }) => {
      await allow(req, wanted, 'glance');
      sendThumbnail(res, await makeThumbnail(await originals.readImage(wanted.uploadId)), mayKeep);
      return undefined;
    }),
  ];
}

export function sendThumbnail(res: Response, picture: Buffer, mayKeep: boolean): void {
  const control = mayKeep ? 'private, max-age=3600' : 'private, no-store';
  res.set('Cache-Control', control).type('image/webp').send(picture);
}
