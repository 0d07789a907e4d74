// SPDX-License-Identifier: Apache-2.0
// What the tus server writes to: every byte is encrypted before it leaves memory. The row says whose the upload is and how
// it stands, the folder how much has arrived; the offset a client is told is always one that is on the disk.
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload as TusUpload } from '@tus/utils';
import { transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { CHUNK_BYTES, type Header, keyContext } from './container.ts';
import { statedDigest } from './expected-digest.ts';
import { createPartialContainer, PartialContainer } from './partial-container.ts';
import { requireRoom } from './room.ts';
import { endingOf, folderOf, type Upload, type UploadsContext, uploadMachine } from './upload.ts';
import { findUpload, insertUpload, noteCommitted, noteFirstByte } from './uploads.store.ts';

/** While an upload arrives, the free space is looked at again after so many bytes. */
const LOOK_EVERY_BYTES = 16 * 1_048_576;

export class EncryptingStore extends DataStore {
  readonly #context: UploadsContext;

  constructor(context: UploadsContext) {
    super();
    this.#context = context;
    // No concatenation and no deferred length: whose bytes, and which chunk is the last, is known from the start.
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];
  }

  /** `metadata` is ours, made by the route: `accountId`, `isVerified` and a clean `filename`. */
  override async create(upload: TusUpload): Promise<TusUpload> {
    const { id, size, metadata } = upload;
    if (size === undefined || !metadata?.accountId) throw new DomainError('internal');
    const { keyId, wrappedKey } = this.#context.vault.makeKey(
      keyContext({ uploadId: id, size, chunkSize: CHUNK_BYTES }),
    );
    const names = { accountId: metadata.accountId, name: metadata.filename ?? 'file' };
    const expectedSha256 = statedDigest(metadata.sha256);
    const isVerified = metadata.isVerified === 'true';
    const wanted = { id, size, keyId, wrappedKey, expectedSha256, isVerified, ...names };
    const row = await insertUpload(this.#context, wanted);
    await createPartialContainer(folderOf(this.#context, id), headerOf(row)).catch(async (error) => {
      // Nobody knows the id yet: it would only count against the account.
      const request = { id, event: 'fail', actor: 'system', ...endingOf(id) } as const;
      await this.#context.db.transaction((tx) => transition(tx, uploadMachine, request));
      throw error;
    });
    if (size === 0) {
      await noteFirstByte(this.#context.db, id, new Date());
      await this.#inSession(row, async () => undefined);
    }
    return upload;
  }

  override async getUpload(id: string): Promise<TusUpload> {
    return this.#context.lock.run(id, async () => {
      const row = await this.#find(id);
      const offset = row.state === 'COMPLETE' ? row.size : await this.#inSession(row, async () => undefined);
      const creation_date = row.createdAt.toISOString();
      return new TusUpload({ id, size: row.size, offset, creation_date, metadata: { filename: row.name } });
    });
  }

  /** Keeps what arrived before a connection broke, and then reports the break. */
  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    return this.#context.lock.run(id, async () => {
      const row = await this.#find(id);
      if (row.state === 'COMPLETE') throw ERRORS.INVALID_OFFSET;
      return this.#inSession(row, async (session) => {
        if (session.offset !== offset) throw ERRORS.INVALID_OFFSET;
        let unseen = LOOK_EVERY_BYTES;
        for await (const bytes of stream) {
          unseen += bytes.length;
          if (unseen > LOOK_EVERY_BYTES) {
            await requireRoom(this.#context, 0);
            unseen = bytes.length;
          }
          if (!row.firstByteAt) {
            row.firstByteAt = new Date();
            await noteFirstByte(this.#context.db, id, row.firstByteAt);
          }
          await session.append(bytes);
        }
      });
    });
  }

  override async remove(id: string): Promise<void> {
    await this.#context.db.transaction(async (tx) => {
      const row = await findUpload(tx, id);
      if (!row) throw ERRORS.FILE_NOT_FOUND;
      const actor = `account:${row.accountId}`;
      await transition(tx, uploadMachine, { id, event: 'abandon', actor, ...endingOf(id) });
    });
  }

  override getExpiration(): number {
    return this.#context.limits.unfinishedMs;
  }

  async #find(id: string): Promise<Upload> {
    const row = await findUpload(this.#context.db, id);
    if (row?.state === 'RECEIVING' || row?.state === 'COMPLETE') return row;
    throw row ? ERRORS.FILE_NO_LONGER_EXISTS : ERRORS.FILE_NOT_FOUND;
  }

  /** Opens the folder, lets `work` append, and commits, also when `work` fails. Answers the committed offset. */
  async #inSession(row: Upload, work: (session: PartialContainer) => Promise<void>): Promise<number> {
    const { db, digests, vault } = this.#context;
    const header = headerOf(row);
    const session = await PartialContainer.open({
      folder: folderOf(this.#context, row.id),
      header,
      key: vault.unwrapKey(row, keyContext(header)),
      trustedBytes: row.receivedBytes,
      events: {
        onChunk: (offset, plaintext) => digests.feed(row.id, offset, plaintext),
        onCommitted: (offset) => noteCommitted(db, row.id, offset),
      },
    });
    let failure: unknown;
    await work(session).catch((error: unknown) => {
      failure = error;
    });
    const committed = await session.close();
    if (failure) throw failure;
    return committed;
  }
}

export function headerOf({ id, size, keyId, wrappedKey }: Upload): Header {
  return { uploadId: id, size, chunkSize: CHUNK_BYTES, keyId, wrappedKey };
}
