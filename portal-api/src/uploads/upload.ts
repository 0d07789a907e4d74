// SPDX-License-Identifier: Apache-2.0
// An upload: its row, its states, and what every part of this folder works with.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import type { Machine } from '../db/transition.ts';
import type { FieldError } from '../errors.ts';
import type { Prisma, ScanVerdict, UploadState } from '../generated/prisma/client.ts';
import type { MalwareScan } from '../malware/index.ts';
import type { PictureFault } from '../pictures.ts';
import type { OnItemFailure } from '../queue/each-item.ts';
import type { ContentStore } from '../storage/content-store.ts';
import type { Digests } from './digests.ts';
import type { KeyedLock } from './keyed-lock.ts';
import type { PartPlace } from './part-places.ts';
import type { StoreAhead } from './store-ahead.ts';
import type { UploadLocks } from './upload-locks.ts';

const GIB = 1_073_741_824;
const DAY_MS = 86_400_000;

/** What one account may hold of the disk. */
export interface UploadQuota {
  /** Uploads that are not finished, and the bytes they announce. */
  unfinishedFiles: number;
  unfinishedBytes: number;
  /** Finished uploads that no paid order holds. */
  unusedFiles: number;
  unusedBytes: number;
}

export interface UploadLimits {
  /** Bytes of one file. */
  maxSize: number;
  /** Bytes of the disk that uploads leave free. */
  reserveBytes: number;
  verified: UploadQuota;
  /** Before the real name is verified. */
  unverified: UploadQuota;
  /** From creation: an unfinished upload then ends. */
  unfinishedMs: number;
  /** From completion: an upload that no work took then ends. */
  unusedMs: number;
}

const OPEN_QUOTA = { unfinishedFiles: 20, unfinishedBytes: 60 * GIB, unusedFiles: 1_000, unusedBytes: 60 * GIB };

/** What holds where the settings say nothing else. */
export const UPLOAD_LIMITS: UploadLimits = Object.freeze({
  maxSize: 20 * GIB,
  reserveBytes: GIB,
  verified: OPEN_QUOTA,
  unverified: OPEN_QUOTA,
  unfinishedMs: 7 * DAY_MS,
  unusedMs: 2 * DAY_MS,
});

/** `SCANNING`: stored, and nothing may use it before the scanner has spoken. `QUARANTINED`: malware was found in it. */
export type { UploadState };
/** In the content store. */
export const STORED_STATES = ['SCANNING', 'COMPLETE', 'QUARANTINED'] as const satisfies readonly UploadState[];
type UploadEvent =
  | 'complete'
  | 'arrive'
  | 'clear'
  | 'quarantine'
  | 'scan-again'
  | 'fail'
  | 'expire'
  | 'abandon'
  | 'discard';

export const uploadMachine: Machine<UploadState, UploadEvent, Prisma.UploadUpdateManyMutationInput> = {
  name: 'upload',
  records: (db) => db.upload,
  transitions: [
    { from: ['RECEIVING'], event: 'complete', to: 'COMPLETE' },
    { from: ['RECEIVING'], event: 'arrive', to: 'SCANNING' },
    { from: ['SCANNING'], event: 'clear', to: 'COMPLETE' },
    { from: ['SCANNING'], event: 'quarantine', to: 'QUARANTINED' },
    { from: ['QUARANTINED'], event: 'scan-again', to: 'SCANNING' },
    { from: ['RECEIVING'], event: 'fail', to: 'FAILED' },
    { from: ['RECEIVING'], event: 'expire', to: 'FAILED' },
    { from: ['RECEIVING'], event: 'abandon', to: 'DELETED' },
    { from: STORED_STATES, event: 'discard', to: 'DELETED' },
  ],
};

/** Outbox topics; the payload is `{ uploadId }`. */
export const COMPLETE_TOPIC = 'upload-complete';
export const TIDY_TOPIC = 'upload-tidy';
export const SCAN_TOPIC = 'upload-scan';

/** What every transition to an end does: without its key the content is gone at once, whatever becomes of the bytes. */
export function endingOf(uploadId: string) {
  return { set: { wrappedKey: new Uint8Array() }, outbox: [{ topic: TIDY_TOPIC, payload: { uploadId } }] };
}

export interface Upload {
  id: string;
  accountId: string;
  name: string;
  /** Bytes of the file, as announced. */
  size: number;
  receivedBytes: number;
  state: UploadState;
  mediaType: string | null;
  /** Why a complete picture cannot be shown. */
  pictureFault: PictureFault['code'] | null;
  pictureMegapixels: number | null;
  sha256: Buffer | null;
  sm3: Buffer | null;
  cid: string | null;
  keyId: string;
  wrappedKey: Uint8Array;
  createdAt: Date;
  firstByteAt: Date | null;
  completedAt: Date | null;
  expiresAt: Date | null;
  /** The generation of the lock that wrote last. */
  writtenGeneration: bigint;
}

export interface FoundUpload extends Pick<Upload, 'id' | 'accountId' | 'name'> {
  finding: string;
  round: number;
}

/** Why a complete upload cannot serve as what its name says, in the words that a form uses for its field. */
export type UploadProblem = Omit<FieldError, 'field'>;

export interface UploadsContext {
  db: Database;
  vault: Vault;
  store: ContentStore;
  /** On the disk that has to have room for uploads. */
  folder: string;
  /** Where what has arrived lies until all of it has, ciphertext only. Every portal can read it. */
  parts: PartPlace;
  limits: UploadLimits;
  /** How often a file is on this disk while it is put into the content store: in parts, in the store, in both or not at all. */
  copies: 0 | 1 | 2;
  digests: Digests;
  /** Where the store is on this disk: a request to another machine would stay open for as long as the sender takes. */
  ahead: StoreAhead | undefined;
  /** What saving a work with this file would refuse. */
  problemsOf(upload: Upload): UploadProblem[];
  onItemFailure: OnItemFailure;
  /** What looks through each upload before anything may use it; undefined: nothing does. */
  malware?: MalwareScan | undefined;
  countScan?: ((verdict: ScanVerdict) => void) | undefined;
  /** Tells its owner. `round`: which scan of this file it was. */
  tellFound?: ((tx: Transaction, found: FoundUpload) => Promise<void>) | undefined;
  locks: UploadLocks;
  /** Of this process: two completions of one upload would feed one digest. */
  completions: KeyedLock;
}

export const isStored = (state: UploadState): boolean => STORED_STATES.some((each) => each === state);
