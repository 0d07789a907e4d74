// SPDX-License-Identifier: Apache-2.0
// Works and their files in the database. Every read names the owner: another's work is not found.
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { PictureFault } from '../pictures.ts';
import type { ChosenFiles, UploadFacts } from './file-rules.ts';
import type { PublishCategory, WorkType } from './work-kinds.ts';
import type { Work, WorkFile, WorkListQuery, WorkSummary } from './works.schema.ts';

export interface WorkStore {
  find(accountId: string, id: string): Promise<Work>;
  list(accountId: string, query: WorkListQuery): Promise<{ items: WorkSummary[]; next: string | null }>;
  /** True when the upload is a file of the member's work, in any role. */
  hasFile(accountId: string, id: string, uploadId: string): Promise<boolean>;
  /** Locks the row until the end of the transaction, or throws `work-not-found`. */
  lockOwn(tx: Transaction, accountId: string, id: string): Promise<LockedWork>;
  insertEmpty(tx: Transaction, accountId: string): Promise<string>;
  /** The owner's own uploads among these; none of them can be discarded before the transaction ends. */
  lockUploads(tx: Transaction, accountId: string, ids: readonly string[]): Promise<Map<string, UploadFacts>>;
  replaceFiles(tx: Transaction, id: string, chosen: ChosenFiles): Promise<void>;
  /** Removes the drafts of orders for it. */
  eraseDrafts(tx: Transaction, id: string): Promise<void>;
  erase(tx: Transaction, id: string): Promise<void>;
}

export interface LockedWork {
  version: number;
  /** An order that is submitted or under review holds the content as it is. */
  isHeld: boolean;
  /** An order that was returned, and may be submitted again with other files of the work. */
  isAwaited: boolean;
  /** Drafts do not count: they go with the work. */
  hasOrders: boolean;
}

/** States of an order in which its work must not change. A returned one is to be mended, also with other files. */
const HOLDING_STATES = ['SUBMITTED', 'AWAITING_PAYMENT', 'PAID', 'UNDER_REVIEW', 'APPROVED', 'ANCHORING'];

export function createWorkStore(db: Database): WorkStore {
  return {
    find: (accountId, id) => findWork(db, accountId, id),
    list: (accountId, query) => listWorks(db, accountId, query),

    async hasFile(accountId, id, uploadId) {
      const rows = await db.query(
        `SELECT 1 FROM work_file f JOIN work w ON w.id = f.work_id
          WHERE w.id = $1 AND w.account_id = $2 AND w.state <> 'DELETED' AND f.upload_id = $3 LIMIT 1`,
        [id, accountId, uploadId],
      );
      return rows.length > 0;
    },

    async lockOwn(tx, accountId, id) {
      // The lock first, then the question: a statement that waited for the lock sees the orders of before the wait.
      await tx.query('SELECT 1 FROM work WHERE id = $1 AND account_id = $2 FOR UPDATE', [id, accountId]);
      const [row] = await tx.query<LockedWork>(
        `SELECT version,
                EXISTS (SELECT FROM attestation WHERE work_id = work.id AND state::text = ANY($3)) AS "isHeld",
                EXISTS (SELECT FROM attestation WHERE work_id = work.id AND state = 'RETURNED') AS "isAwaited",
                EXISTS (SELECT FROM attestation WHERE work_id = work.id AND state <> 'DRAFT') AS "hasOrders"
           FROM work WHERE id = $1 AND account_id = $2 AND state <> 'DELETED'`,
        [id, accountId, HOLDING_STATES],
      );
      if (!row) throw new DomainError('work-not-found');
      return row;
    },

    async insertEmpty(tx, accountId) {
      const id = newId();
      await tx.query(`INSERT INTO work (id, account_id, title, intro, version) VALUES ($1, $2, '', '', 0)`, [
        id,
        accountId,
      ]);
      return id;
    },

    async lockUploads(tx, accountId, ids) {
      const rows = await tx.query<UploadRow>(
        `SELECT id, name, declared_size, state, media_type, picture_fault, picture_megapixels, encode(sha256, 'hex') AS sha256
           FROM upload WHERE account_id = $1 AND id = ANY($2) ORDER BY id FOR SHARE`,
        [accountId, ids],
      );
      return new Map(rows.map((row) => [row.id, factsOf(row)]));
    },

    async replaceFiles(tx, id, { files, cover, display }) {
      const rows = [
        ...files.map(({ uploadId }, index) => ({ role: 'FILE', uploadId, index, from: null })),
        ...(cover === null ? [] : [{ role: 'COVER', uploadId: cover, index: 0, from: null }]),
        ...display.map(({ uploadId, derivedFrom }, index) => ({
          role: 'DISPLAY',
          uploadId,
          index,
          from: derivedFrom ?? null,
        })),
      ];
      await tx.query('DELETE FROM work_file WHERE work_id = $1', [id]);
      await tx.query(
        `INSERT INTO work_file (work_id, role, upload_id, position, derived_from_id)
         SELECT $1, * FROM unnest($2::work_file_role[], $3::uuid[], $4::int[], $5::uuid[])`,
        [id, rows.map((r) => r.role), rows.map((r) => r.uploadId), rows.map((r) => r.index), rows.map((r) => r.from)],
      );
    },

    async eraseDrafts(tx, id) {
      await tx.query(`DELETE FROM attestation WHERE work_id = $1 AND state = 'DRAFT'`, [id]);
    },

    async erase(tx, id) {
      await tx.query('DELETE FROM work WHERE id = $1', [id]);
    },
  };
}

interface UploadRow {
  id: string;
  name: string;
  declared_size: string;
  state: UploadFacts['state'];
  media_type: string | null;
  picture_fault: PictureFault['code'] | null;
  picture_megapixels: number | null;
  sha256: string | null;
}

function factsOf(row: UploadRow): UploadFacts {
  const { id, name, state, sha256 } = row;
  return {
    id,
    name,
    sizeBytes: BigInt(row.declared_size),
    state,
    mediaType: row.media_type,
    sha256,
    pictureFault: row.picture_fault,
    pictureMegapixels: row.picture_megapixels,
  };
}

interface SummaryRow {
  id: string;
  serial: number;
  version: number;
  state: 'DRAFT' | 'ARCHIVED';
  title: string;
  publish_category: PublishCategory | null;
  work_type: WorkType | null;
  created_at: Date;
  updated_at: Date;
  attestation: { id: string; state: string } | null;
}

const SUMMARY_COLUMNS = `
  w.id, w.serial, w.version, w.state, w.title, w.publish_category, w.work_type, w.created_at, w.updated_at,
  (SELECT json_build_object('id', a.id, 'state', a.state) FROM attestation a
    WHERE a.work_id = w.id ORDER BY a.created_at DESC, a.id DESC LIMIT 1) AS attestation`;

function summaryOf(row: SummaryRow) {
  const { id, serial, version, state, title, attestation } = row;
  return {
    id,
    serial,
    version,
    state,
    title,
    publishCategory: row.publish_category,
    workType: row.work_type,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    attestation,
  };
}

async function findWork(db: Database, accountId: string, id: string): Promise<Work> {
  const [row] = await db.query<WorkRow>(
    `SELECT ${SUMMARY_COLUMNS}, w.intro, w.creator_nature, w.tags, to_char(w.completed_on, 'YYYY-MM-DD') AS completed_on,
            NOT EXISTS (SELECT FROM attestation WHERE work_id = w.id AND state::text = ANY($3)) AS is_editable
       FROM work w WHERE w.id = $1 AND w.account_id = $2 AND w.state <> 'DELETED'`,
    [id, accountId, HOLDING_STATES],
  );
  if (!row) throw new DomainError('work-not-found');
  const files = await db.query<FileRow>(
    `SELECT f.role, f.derived_from_id, u.id, u.name, u.declared_size, u.media_type, u.state,
            encode(u.sha256, 'hex') AS sha256, encode(u.sm3, 'hex') AS sm3
       FROM work_file f JOIN upload u ON u.id = f.upload_id WHERE f.work_id = $1 ORDER BY f.role, f.position`,
    [id],
  );
  const inRole = (role: FileRow['role']) => files.filter((file) => file.role === role).map(fileOf);
  return {
    ...summaryOf(row),
    intro: row.intro,
    creatorNature: row.creator_nature,
    tags: row.tags,
    completedOn: row.completed_on,
    isEditable: row.is_editable,
    files: inRole('FILE'),
    cover: inRole('COVER')[0] ?? null,
    display: inRole('DISPLAY'),
  };
}

interface WorkRow extends SummaryRow {
  intro: string;
  creator_nature: 'PERSONAL' | 'ENTERPRISE' | null;
  tags: string[];
  completed_on: string | null;
  is_editable: boolean;
}

interface FileRow extends UploadRow {
  role: 'FILE' | 'COVER' | 'DISPLAY';
  derived_from_id: string | null;
  sm3: string | null;
}

function fileOf(row: FileRow): WorkFile {
  return {
    uploadId: row.id,
    name: row.name,
    size: row.declared_size,
    mediaType: row.media_type,
    state: row.state,
    sha256: row.sha256,
    sm3: row.sm3,
    ...(row.derived_from_id ? { derivedFrom: row.derived_from_id } : {}),
  };
}

const SORT_COLUMNS = {
  createdAt: { column: 'created_at', type: 'timestamptz' },
  updatedAt: { column: 'updated_at', type: 'timestamptz' },
  title: { column: 'title', type: 'text' },
} as const;

type SortKey = keyof typeof SORT_COLUMNS;

async function listWorks(db: Database, accountId: string, query: WorkListQuery) {
  const { search, state, sort, cursor, limit } = query;
  const isDescending = sort.startsWith('-');
  const key = sort.replace('-', '') as SortKey; // the schema allows these three only
  const { column, type } = SORT_COLUMNS[key];
  const after = cursor === undefined ? undefined : decodeCursor({ sort, type }, cursor);

  const values: unknown[] = [accountId, limit + 1];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = [`w.account_id = $1`, state ? `w.state = ${bind(state)}` : `w.state <> 'DELETED'`];
  if (search) {
    const pattern = bind(`%${search.replace(/[\\%_]/g, '\\$&')}%`);
    conditions.push(`(w.title ILIKE ${pattern} OR EXISTS (SELECT FROM unnest(w.tags) tag WHERE tag ILIKE ${pattern}))`);
  }
  if (after) {
    const place = `(${bind(after.key)}::${type}, ${bind(after.id)}::uuid)`;
    conditions.push(`(w.${column}, w.id) ${isDescending ? '<' : '>'} ${place}`);
  }
  const direction = isDescending ? 'DESC' : 'ASC';
  const rows = await db.query<ListRow>(
    `SELECT ${SUMMARY_COLUMNS},
            (SELECT upload_id FROM work_file WHERE work_id = w.id AND role = 'COVER') AS cover,
            ARRAY(SELECT upload_id::text FROM work_file
                   WHERE work_id = w.id AND role = 'DISPLAY' ORDER BY position) AS display
       FROM work w WHERE ${conditions.join(' AND ')} ORDER BY w.${column} ${direction}, w.id ${direction} LIMIT $2`,
    values,
  );
  const page = rows.slice(0, limit).map((row) => ({
    ...summaryOf(row),
    coverUploadId: row.cover,
    displayUploadIds: row.display,
  }));
  const last = page.at(-1);
  const next = rows.length > limit && last ? encodeCursor(sort, { key: last[key], id: last.id }) : null;
  return { items: page, next };
}

interface ListRow extends SummaryRow {
  cover: string | null;
  display: string[];
}
