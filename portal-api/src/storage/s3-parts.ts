// SPDX-License-Identifier: Apache-2.0
// One object, sent while its bytes come: small ones at once, others in parts of which a few are on their way at a time.
import { createHash } from 'node:crypto';
import type { S3 } from '@aws-sdk/client-s3';
import { translated } from './s3-errors.ts';

/** Ten thousand parts are allowed: 80 GiB. */
const PART_BYTES = 8_388_608;
/** On their way at a time; each is in memory. */
const PARTS_AT_ONCE = 3;

interface Sent {
  PartNumber: number;
  ETag: string | undefined;
}

export class S3Parts {
  readonly #s3: S3;
  readonly #place: { Bucket: string; Key: string };
  readonly #sent: Sent[] = [];
  readonly #onTheWay = new Set<Promise<void>>();
  #uploadId: string | undefined;
  #buffer = Buffer.allocUnsafeSlow(PART_BYTES);
  #filled = 0;
  #count = 0;
  #failure: unknown;

  constructor(s3: S3, bucket: string, key: string) {
    this.#s3 = s3;
    this.#place = { Bucket: bucket, Key: key };
  }

  /** Copies the piece; waits while enough is on its way. */
  async write(piece: Uint8Array): Promise<void> {
    for (let at = 0; at < piece.length; ) {
      if (this.#filled === PART_BYTES) await this.#sendPart();
      const part = piece.subarray(at, at + PART_BYTES - this.#filled);
      this.#buffer.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
    }
  }

  /** The object is there, whole, once this settles. */
  async end(): Promise<void> {
    if (this.#count === 0) return this.#putWhole();
    await this.#sendPart();
    await Promise.all(this.#onTheWay);
    this.#throwFailure();
    const Parts = this.#sent.toSorted((one, other) => one.PartNumber - other.PartNumber);
    const request = { ...this.#place, UploadId: this.#uploadId, MultipartUpload: { Parts } };
    await this.#s3.completeMultipartUpload(request).catch(failed);
  }

  /** Takes back what was sent; what cannot be taken back is for the bucket's own rule. */
  async abort(): Promise<void> {
    await Promise.all(this.#onTheWay);
    const UploadId = this.#uploadId;
    if (UploadId) await this.#s3.abortMultipartUpload({ ...this.#place, UploadId }).catch(() => undefined);
  }

  async #putWhole(): Promise<void> {
    const Body = this.#buffer.subarray(0, this.#filled);
    await this.#s3.putObject({ ...this.#place, Body, ContentMD5: md5Of(Body) }).catch(failed);
  }

  async #sendPart(): Promise<void> {
    this.#uploadId ??= (await this.#s3.createMultipartUpload(this.#place).catch(failed)).UploadId;
    while (this.#onTheWay.size >= PARTS_AT_ONCE) await Promise.race(this.#onTheWay);
    this.#throwFailure();
    const Body = this.#buffer.subarray(0, this.#filled);
    this.#buffer = Buffer.allocUnsafeSlow(PART_BYTES);
    this.#filled = 0;
    this.#count += 1;
    const sending: Promise<void> = this.#send(this.#count, Body).finally(() => this.#onTheWay.delete(sending));
    this.#onTheWay.add(sending);
  }

  async #send(PartNumber: number, Body: Buffer): Promise<void> {
    try {
      const request = { ...this.#place, UploadId: this.#uploadId, PartNumber, Body, ContentMD5: md5Of(Body) };
      const { ETag } = await this.#s3.uploadPart(request);
      this.#sent.push({ PartNumber, ETag });
    } catch (error) {
      this.#failure ??= error;
    }
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw translated(this.#failure);
  }
}

/** The service refuses a body that is not what this says. */
const md5Of = (bytes: Buffer): string => createHash('md5').update(bytes).digest('base64');

function failed(error: unknown): never {
  throw translated(error);
}
