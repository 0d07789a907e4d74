// SPDX-License-Identifier: Apache-2.0
// Files for readers whose right to them was looked at before.
import type { Request, Response } from 'express';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type OriginalSource, readOriginal } from './read-original.ts';
import { sendOriginal } from './send-original.ts';
import type { Upload } from './upload.ts';
import { requireUpload } from './uploads.store.ts';

/** `hasPicture`: of which files a picture can be made. */
export function originalsOf(db: Database, source: OriginalSource, hasPicture: (upload: Upload) => boolean) {
  return {
    send: async (uploadId: string, req: Request, res: Response) =>
      sendOriginal(source, await requireUpload(db, uploadId), req, res),
    async readImage(uploadId: string) {
      const upload = await requireUpload(db, uploadId);
      if (!hasPicture(upload)) throw new DomainError('file-not-found');
      return async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of readOriginal(source, upload)) chunks.push(chunk);
        return Buffer.concat(chunks);
      };
    },
  };
}
