// SPDX-License-Identifier: Apache-2.0
// What the tus server writes to: every byte is encrypted before it leaves memory. The row says whose the upload is, how it
// stands and how much has arrived; the offset a client is told is always one that is durable, whichever portal it asks.
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload as TusUpload } from '@tus/utils';
import { transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { CHUNK_BYTES, keyContext, release } from './container.ts';
import { statedDigest } from './expected-digest.ts';
import { requireRoom } from './room.ts';
import { endingOf, isStored, type Upload, type UploadsContext, uploadMachine } from './upload.ts';
import { UploadWriter } from './upload-writer.ts';
import { findUpload, insertUpload, noteFirstByte } from './uploads.store.ts';

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
    const lock = this.#context.locks.ofRequest(id);
    const wanted = { id, size, keyId, wrappedKey, expectedSha256, isVerified, lock, ...names };
    const row = await insertUpload(this.#context, wanted);
    await this.#context.parts.begin(id).catch(async (error) => {
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
    const row = await this.#find(id);
    const creation_date = row.createdAt.toISOString();
    return new TusUpload({
      id,
      size: row.size,
      offset: row.receivedBytes,
      creation_date,
      metadata: { filename: row.name },
    });
  }

  /** Keeps what arrived before a connection broke, and then reports the break. */
  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const row = await this.#find(id);
    if (row.state !== 'RECEIVING') throw ERRORS.INVALID_OFFSET;
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
        release(bytes);
      }
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
    if (row && (row.state === 'RECEIVING' || isStored(row.state))) return row;
    throw row ? ERRORS.FILE_NO_LONGER_EXISTS : ERRORS.FILE_NOT_FOUND;
  }

  /** Lets `work` append, and commits, also when `work` fails. Answers the committed offset. */
  async #inSession(upload: Upload, work: (session: UploadWriter) => Promise<void>): Promise<number> {
    const lock = this.#context.locks.ofRequest(upload.id);
    const session = await UploadWriter.open({ ...this.#context, upload, lock });
    let failure: unknown;
    await work(session).catch((error: unknown) => {
      failure = error;
    });
    const committed = await session.close();
    if (failure) throw failure;
    return committed;
  }
}
