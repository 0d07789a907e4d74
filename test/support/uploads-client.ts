// SPDX-License-Identifier: Apache-2.0
// A member who uploads, over HTTP: with the tus client that the web pages use, or request by request.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../../portal-api/src/db/database.ts';
import { newId } from '../../portal-api/src/db/ids.ts';
import { PortalVisitor } from '../../scripts/http/portal-visitor.ts';
import { sendByTus } from '../../scripts/http/tus.ts';
import { eventually } from './eventually.ts';

const statusSchema = z.object({
  id: z.string(),
  name: z.string(),
  size: z.string(),
  receivedBytes: z.string(),
  state: z.string(),
  mediaType: z.string().nullable(),
  sha256: z.string().nullable(),
  sm3: z.string().nullable(),
  firstByteAt: z.string().nullable(),
  completedAt: z.string().nullable(),
});
export type Status = z.output<typeof statusSchema>;

export interface Uploader {
  accountId: string;
  visitor: PortalVisitor;
  /** Cookie and CSRF token. */
  headers: Record<string, string>;
  send(method: string, path: string, init?: { headers?: Record<string, string>; body?: Uint8Array }): Promise<Response>;
  /** Creates an upload, and answers its id. */
  create(size: number, name?: string): Promise<string>;
  patch(id: string, offset: number, body: Uint8Array): Promise<Response>;
  offset(id: string): Promise<number>;
  /** Sends a file with the tus client, from where an earlier try stopped if `id` is given, and answers its id. */
  upload(file: Buffer, options?: { id?: string; name?: string; chunkSize?: number }): Promise<string>;
  status(id: string): Promise<Status>;
  ends(id: string): Promise<Status>;
  download(id: string, headers?: Record<string, string>): Promise<Response>;
}

export async function newAccount(db: Database): Promise<string> {
  const id = newId();
  await db.query(
    `INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at) VALUES ($1, '', $2, '', now())`,
    [id, randomBytes(32)],
  );
  return id;
}

export async function logInUploader(url: string, accountId: string): Promise<Uploader> {
  const visitor = new PortalVisitor(url);
  await visitor.request('POST', `/test-sessions/${accountId}`);
  visitor.csrfToken = undefined;
  const headers = await visitor.credentials();
  const send: Uploader['send'] = (method, path, { headers: more, body } = {}) =>
    visitor.request(method, path, { headers: { 'Tus-Resumable': '1.0.0', ...more }, body });
  const status = async (id: string) => statusSchema.parse(await (await send('GET', `/upload-status/${id}`)).json());
  return {
    accountId,
    visitor,
    headers,
    send,
    async create(size, name = 'file.bin') {
      const metadata = `filename ${Buffer.from(name).toString('base64')}`;
      const answer = await send('POST', '/uploads', {
        headers: { 'Upload-Length': String(size), 'Upload-Metadata': metadata },
      });
      if (answer.status !== 201) throw new Error(`create: ${answer.status} ${await answer.text()}`);
      return answer.headers.get('Location')?.split('/').at(-1) ?? '';
    },
    patch: (id, offset, body) =>
      send('PATCH', `/uploads/${id}`, {
        headers: { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
        body,
      }),
    async offset(id) {
      return Number((await send('HEAD', `/uploads/${id}`)).headers.get('Upload-Offset') ?? Number.NaN);
    },
    upload: (file, { id, name = 'file.bin', chunkSize = Number.POSITIVE_INFINITY } = {}) =>
      sendByTus(visitor, { source: file, size: file.length, name, id }, { chunkSize }),
    status,
    ends: (id) =>
      eventually(async () => {
        const now = await status(id);
        return now.state !== 'RECEIVING' && now;
      }),
    download: (id, more = {}) => visitor.request('GET', `/originals/${id}`, { headers: more }),
  };
}
