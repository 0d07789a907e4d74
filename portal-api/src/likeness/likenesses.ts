// SPDX-License-Identifier: Apache-2.0
// Which files on record are like the files of an order: the same bytes, or pictures that look alike. Orders of every kind
// bring what is theirs as a source of records.
import type { Database, Db } from '../db/database.ts';
import type { Owner } from '../http/members.ts';
import { type AlikePicture, findAlike } from './likeness.sql.ts';
import { type ComparedUpload, comparedUpload, sameBytes } from './picture-hashes.store.ts';

const MAX_LIKENESSES = 20;
/** Some are the order's own, or of orders that were never paid. */
const MAX_CANDIDATES = 200;

/** An order that staff may look at, and one file of it. */
export interface RecordedFile {
  uploadId: string;
  kind: 'attestation';
  id: string;
  orderNumber: string;
  certificateNumber: string | null;
  state: string;
  submittedAt: Date;
  workId: string;
  owner: Owner;
  userNumber: string;
  /** Masked. */
  ownerName: string;
}

/** The orders of one kind that name these uploads. */
export type RecordSource = (db: Db, uploadIds: readonly string[]) => Promise<RecordedFile[]>;

export interface Likeness extends Omit<RecordedFile, 'owner' | 'workId'> {
  likeness: 'identical' | 'alike';
  /** Bits of 64 in which the hashes differ; 0 for identical files. */
  distance: number;
  isMirrored: boolean;
  /** The order belongs to the owner of the one that is compared. */
  isSameOwner: boolean;
}

export interface ComparedFile {
  uploadId: string;
  /** `none`: only its bytes can be compared, for it is not a picture, or one that cannot be decoded or is too plain. */
  picture: 'compared' | 'pending' | 'none';
  likenesses: Likeness[];
}

/** Whose files are compared. */
export interface Comparison {
  workId: string;
  owner: Owner;
  files: readonly { uploadId: string; isPicture: boolean }[];
}

export interface Likenesses {
  compare(comparison: Comparison): Promise<ComparedFile[]>;
}

export function createLikenesses({ db, sources }: { db: Database; sources: readonly RecordSource[] }): Likenesses {
  return {
    async compare({ files, ...own }) {
      const compared: ComparedFile[] = [];
      // One after the other: a reviewer waits for milliseconds, and others need connections too.
      for (const { uploadId, isPicture } of files) {
        const upload = await comparedUpload(db.prisma, uploadId);
        const candidates = upload ? await candidatesOf(db.prisma, upload) : new Map<string, Candidate>();
        const likenesses = await recordedLikenesses({ db, sources }, own, candidates);
        compared.push({ uploadId, picture: pictureState(upload, isPicture), likenesses });
      }
      return compared;
    },
  };
}

type Candidate = Pick<Likeness, 'likeness' | 'distance' | 'isMirrored'>;

function pictureState(upload: ComparedUpload | undefined, isPicture: boolean): ComparedFile['picture'] {
  if (upload?.hashes) return 'compared';
  return upload?.hashes === undefined && isPicture ? 'pending' : 'none';
}

/** By upload; the most alike first. */
async function candidatesOf(db: Db, { sha256, hashes }: ComparedUpload): Promise<Map<string, Candidate>> {
  const identical = sha256 ? await sameBytes(db, sha256, MAX_CANDIDATES) : [];
  const alike: AlikePicture[] = hashes ? await findAlike(db, hashes, MAX_CANDIDATES) : [];
  return new Map([
    ...alike.map(({ uploadId, ...found }): [string, Candidate] => [uploadId, { likeness: 'alike', ...found }]),
    ...identical.map((id): [string, Candidate] => [id, { likeness: 'identical', distance: 0, isMirrored: false }]),
  ]);
}

async function recordedLikenesses(
  { db, sources }: { db: Database; sources: readonly RecordSource[] },
  { workId: ownWork, owner: ownOwner }: Pick<Comparison, 'workId' | 'owner'>,
  candidates: ReadonlyMap<string, Candidate>,
): Promise<Likeness[]> {
  const ids = [...candidates.keys()];
  const found = (await Promise.all(sources.map((source) => source(db.prisma, ids)))).flat();
  return found
    .flatMap(({ workId, owner, ...record }): Likeness[] => {
      const candidate = candidates.get(record.uploadId);
      if (!candidate || workId === ownWork) return [];
      return [{ ...record, ...candidate, isSameOwner: isSame(owner, ownOwner) }];
    })
    .toSorted(byLikeness)
    .slice(0, MAX_LIKENESSES);
}

function isSame(one: Owner, other: Owner): boolean {
  return (
    one.organisationId === other.organisationId && (one.organisationId !== null || one.accountId === other.accountId)
  );
}

/** Identical files first, then the most alike, then the earliest. */
function byLikeness(one: Likeness, other: Likeness): number {
  const rank = ({ likeness, distance }: Likeness) => (likeness === 'identical' ? -1 : distance);
  return rank(one) - rank(other) || one.submittedAt.getTime() - other.submittedAt.getTime();
}
