// SPDX-License-Identifier: Apache-2.0
// What a member does with 人员档案: enter, edit, archive. An entry is never deleted: orders name its versions.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { DomainError, type FieldError, refuseFields } from '../errors.ts';
import { type Fonts, printingFaults } from '../fonts/index.ts';
import { insertImage, missingImages, reencodeIdImage } from '../identity/index.ts';
import { completeHolder, FIELD_OF_SIDE, type Self } from './complete-holder.ts';
import type { HolderDrafts } from './holder-drafts.store.ts';
import { type Owner, ownerId } from './owner.ts';
import type { HolderForm, ImageSide } from './right-holders.schema.ts';
import {
  archiveHolder,
  findHolder,
  formOf,
  type HolderRow,
  imagesOn,
  insertHolder,
  isNumberTaken,
  lockHolder,
  type NewVersion,
  numberIndex,
  openContent,
  replaceHolder,
} from './right-holders.store.ts';

const PURPOSES = {
  front: 'HOLDER_FRONT',
  back: 'HOLDER_BACK',
  licence: 'HOLDER_LICENCE',
  permit: 'HOLDER_PERMIT',
} as const satisfies Record<ImageSide, string>;

export interface RightHolderParts {
  db: Database;
  vault: Vault;
  fonts: Fonts;
  drafts: HolderDrafts;
  homeProvince: string;
  /** The verified party behind the owner. */
  selfOf(owner: Owner): Promise<Self | undefined>;
}

interface Saved {
  form: HolderForm;
  declaration: string;
}

export interface RightHolders {
  create(owner: Owner, saved: Saved): Promise<string>;
  /** Throws `version-conflict` when another window saved meanwhile. */
  update(owner: Owner, target: { id: string; version: number }, saved: Saved): Promise<void>;
  archive(owner: Owner, id: string, isArchived: boolean): Promise<void>;
  /** As it was left, else what is on record; empty for a new one. */
  readForm(owner: Owner, id: string | undefined): Promise<{ form: HolderForm | null; savedAt: string | null }>;
  keepForm(owner: Owner, id: string | undefined, form: HolderForm): Promise<void>;
  saveImage(owner: Owner, side: ImageSide, bytes: Buffer): Promise<string>;
}

export function createRightHolders(parts: RightHolderParts): RightHolders {
  const { db, vault, drafts } = parts;
  const draftKey = (owner: Owner, id: string | undefined) => ({
    accountId: owner.accountId,
    subjectId: id ?? ownerId(owner),
  });
  return {
    async create(owner, saved) {
      const self = await selfFor(parts, owner, saved.form);
      return db.transaction(async (tx) => {
        const version = await completed(tx, parts, { owner, saved, self });
        const id = await insertHolder(tx, vault, version);
        await drafts.forget(tx, draftKey(owner, undefined));
        record(tx, owner, { id, action: 'create', detail: { version: 1, declaration: version.declaration } });
        return id;
      });
    },

    async update(owner, { id, version: seen }, saved) {
      const self = await selfFor(parts, owner, saved.form);
      await db.transaction(async (tx) => {
        const row = await lockHolder(tx, owner, id);
        if (row.version !== seen) throw new DomainError('version-conflict', { version: row.version });
        const next = await completed(tx, parts, { owner, saved, self, row });
        const version = await replaceHolder(tx, vault, row, next);
        await drafts.forget(tx, draftKey(owner, id));
        record(tx, owner, { id, action: 'save', detail: { version, declaration: next.declaration } });
      });
    },

    archive: (owner, id, isArchived) =>
      db.transaction(async (tx) => {
        await lockHolder(tx, owner, id);
        if (!(await archiveHolder(tx, id, isArchived))) return;
        record(tx, owner, { id, action: isArchived ? 'archive' : 'restore' });
      }),

    async readForm(owner, id) {
      const row = id === undefined ? undefined : await findHolder(db, owner, id);
      const draft = await drafts.read(draftKey(owner, id));
      return draft ?? { form: row ? formOf(vault, row.current) : null, savedAt: null };
    },

    async keepForm(owner, id, form) {
      if (id !== undefined) await findHolder(db, owner, id);
      await drafts.keep(draftKey(owner, id), form);
    },

    async saveImage({ accountId }, side, bytes) {
      const image = await reencodeIdImage(bytes);
      return db.transaction(async (tx) => {
        const id = await insertImage(tx, vault, { accountId, purpose: PURPOSES[side], ...image });
        const entry = { actor: `account:${accountId}`, subject: `private_image:${id}`, detail: { side } };
        tx.record({ ...entry, action: 'right-holder.save-image' });
        return id;
      });
    },
  };
}

async function selfFor({ selfOf }: RightHolderParts, owner: Owner, { isSelf }: HolderForm): Promise<Self | undefined> {
  if (!isSelf) return undefined;
  const self = await selfOf(owner);
  if (!self) throw new DomainError('identity-required');
  return self;
}

interface Given {
  owner: Owner;
  saved: Saved;
  self: Self | undefined;
  /** The entry that is edited. */
  row?: HolderRow;
}

/** Throws one `invalid-request` with every fault. */
async function completed(
  tx: Transaction,
  parts: RightHolderParts,
  { owner, saved, self, row }: Given,
): Promise<NewVersion> {
  const { vault, fonts, homeProvince } = parts;
  const { form, declaration } = saved;
  const numberOnRecord = row && openContent(vault, row.current).documentNumber;
  const completion = completeHolder(form, { homeProvince, self, numberOnRecord, declaration });
  const { content, faults } = completion;
  const index = numberIndex(vault, owner, content.documentNumber);
  const isTaken = content.documentNumber !== '' && (await isNumberTaken(tx.prisma, index, row?.id));
  const others: FieldError[] = [
    ...(isTaken ? [{ field: 'documentNumber', code: 'duplicate' } as const] : []),
    ...(await imageFaults(tx, owner, { images: completion.images, row })),
    ...printingFaults(fonts, [{ field: 'name', text: content.name }]),
  ];
  refuseFields([...faults, ...others.filter(({ field }) => !faults.some((fault) => fault.field === field))]);
  return { owner, completion, roles: form.roles, self, declaration };
}

/** Pictures that the entry has already may be another member's of the same organisation. */
async function imageFaults(
  tx: Transaction,
  { accountId }: Owner,
  { images, row }: { images: Partial<Record<ImageSide, string>>; row: HolderRow | undefined },
): Promise<FieldError[]> {
  const kept = row ? Object.values(imagesOn(row.current)) : [];
  const wanted = (Object.entries(images) as [ImageSide, string][]) // the keys are the sides alone
    .filter(([, id]) => !kept.includes(id))
    .map(([side, id]) => ({ side, id, purpose: PURPOSES[side] }));
  const missing = await missingImages(tx, accountId, wanted);
  return missing.map(({ side }) => ({ field: FIELD_OF_SIDE[side], code: 'not-found' }));
}

function record(
  tx: Transaction,
  { accountId, organisationId }: Owner,
  { id, action, detail = {} }: { id: string; action: string; detail?: Record<string, unknown> },
): void {
  const actsFor = organisationId === null ? {} : { organisationId };
  const entry = { actor: `account:${accountId}`, action: `right-holder.${action}`, subject: `right-holder:${id}` };
  tx.record({ ...entry, detail: { ...detail, ...actsFor } });
}
