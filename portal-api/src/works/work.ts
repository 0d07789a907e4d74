// SPDX-License-Identifier: Apache-2.0
// A work: its states, and what its owner does with it. Whatever depends on a work's content locks its row first.
import type { Database, Transaction } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { type Machine, transition } from '../db/transition.ts';
import { DomainError, refuseFields } from '../errors.ts';
import { type Fonts, printingFaults } from '../fonts/index.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { actingFor, actorOf, type Owner, ownedBy } from '../http/members.ts';
import { eachItem, type OnItemFailure } from '../queue/each-item.ts';
import { erasableWorks, eraseDeleted, lockDeleted, noteDeletion } from './deleted-works.store.ts';
import { fileFaults } from './file-rules.ts';
import { USUAL_WORK_TYPE } from './work-kinds.ts';
import type { WorkForm } from './works.schema.ts';
import type { WorkStore } from './works.store.ts';

export type WorkState = 'DRAFT' | 'ARCHIVED' | 'DELETED';

export const workMachine: Machine<
  WorkState,
  'save' | 'archive' | 'delete' | 'restore-draft' | 'restore-archived',
  Prisma.WorkUpdateManyMutationInput
> = {
  name: 'work',
  records: (db) => db.work,
  transitions: [
    { from: ['DRAFT'], event: 'save', to: 'DRAFT' },
    { from: ['DRAFT', 'ARCHIVED'], event: 'archive', to: 'ARCHIVED' },
    { from: ['DRAFT', 'ARCHIVED'], event: 'delete', to: 'DELETED' },
    { from: ['DELETED'], event: 'restore-draft', to: 'DRAFT' },
    { from: ['DELETED'], event: 'restore-archived', to: 'ARCHIVED' },
  ],
};

export interface Works {
  /** Whoever got no answer asks again with the same id: the work is saved again then, as `update` does. */
  create(owner: Owner, id: string, form: WorkForm): Promise<void>;
  /** Throws `version-conflict` when somebody saved since, `work-under-review` while an order holds the content. */
  update(owner: Owner, target: { id: string; version: number }, form: WorkForm): Promise<void>;
  /** Hides it. For a while it may be restored; then one that never had an order is erased. */
  remove(owner: Owner, id: string): Promise<void>;
  /** All of a member who leaves, in the transaction that closes the account. None of them has an open order. */
  removeAll(tx: Transaction, accountId: string): Promise<void>;
  /** Throws `work-not-found` when the time is over. */
  restore(owner: Owner, id: string): Promise<void>;
  /** Erases works that were deleted before this time and never had an order. May run twice. */
  eraseDeleted(now: Date): Promise<unknown>;
}

/** What else ends with a work, in the transaction that deletes it. */
export type OnDelete = (tx: Transaction, deleted: { owner: Owner; workId: string }) => Promise<void>;

/** So long a deleted work may be had back. */
const RESTORE_MS = 30 * 60_000;
const WORKS_AT_ONCE = 500;
const FIRST_VERSION = 1;

export interface WorkParts {
  db: Database;
  store: WorkStore;
  fonts: Fonts;
  onDelete: OnDelete;
  onItemFailure: OnItemFailure;
}

export function createWorks({ db, store, fonts, onDelete, onItemFailure }: WorkParts): Works {
  return {
    create: (owner, id, form) =>
      db.transaction(async (tx) => {
        const isNew = await store.insertEmpty(tx, owner, id);
        if (isNew) await save(tx, { store, fonts }, { owner, id, version: 0 }, form);
        else await saveAgain(tx, { store, fonts }, { owner, id, version: FIRST_VERSION }, form);
      }),

    update: (owner, { id, version }, form) =>
      db.transaction((tx) => saveAgain(tx, { store, fonts }, { owner, id, version }, form)),

    remove: (owner, id) =>
      db.transaction(async (tx) => {
        const work = await store.lockOwn(tx, owner, id);
        if (work.isHeld || work.isAwaited) throw new DomainError('work-under-review');
        await remove(tx, { store, onDelete }, { owner, id });
      }),

    async removeAll(tx, accountId) {
      // Those of an organisation stay with it.
      const owner = { accountId, organisationId: null };
      const works = await tx.prisma.work.findMany({
        where: { ...ownedBy(owner), state: { not: 'DELETED' } },
        select: { id: true },
      });
      for (const { id } of works) await remove(tx, { store, onDelete }, { owner, id });
    },

    restore: (owner, id) =>
      db.transaction(async (tx) => {
        const before = await lockDeleted(tx, owner, { id, since: new Date(Date.now() - RESTORE_MS) });
        const set = { deletedFrom: null };
        const event = before === 'DRAFT' ? 'restore-draft' : 'restore-archived';
        await transition(tx, workMachine, { id, event, actor: actorOf(owner), detail: actingFor(owner), set });
      }),

    async eraseDeleted(now) {
      const before = new Date(now.getTime() - RESTORE_MS);
      return eachItem({
        work: 'erase-deleted-works',
        items: await erasableWorks(db.prisma, before, WORKS_AT_ONCE),
        onFailure: onItemFailure,
        run: ({ id }) =>
          db.transaction(async (tx) => {
            await lockRow(tx, 'work', id);
            const isErased = await eraseDeleted(tx, id, before);
            if (isErased) tx.record({ actor: 'system', action: 'work.erase', subject: `work:${id}` });
            return isErased;
          }),
      });
    },
  };
}

async function remove(
  tx: Transaction,
  { store, onDelete }: Pick<WorkParts, 'store' | 'onDelete'>,
  { owner, id }: { owner: Owner; id: string },
): Promise<void> {
  await store.eraseDrafts(tx, id);
  await onDelete(tx, { owner, workId: id });
  const detail = actingFor(owner);
  const { from } = await transition(tx, workMachine, { id, event: 'delete', actor: actorOf(owner), detail });
  await noteDeletion(tx, id, from);
}

async function saveAgain(
  tx: Transaction,
  parts: Pick<WorkParts, 'store' | 'fonts'>,
  target: { owner: Owner; id: string; version: number },
  form: WorkForm,
): Promise<void> {
  const { isHeld, version } = await parts.store.lockOwn(tx, target.owner, target.id);
  if (isHeld) throw new DomainError('work-under-review');
  if (version !== target.version) throw new DomainError('version-conflict', { version });
  await save(tx, parts, target, form);
}

async function save(
  tx: Transaction,
  { store, fonts }: Pick<WorkParts, 'store' | 'fonts'>,
  { owner, id, version }: { owner: Owner; id: string; version: number },
  form: WorkForm,
): Promise<void> {
  const isDraft = form.state === 'DRAFT';
  const named = [...form.files.map((file) => file.uploadId), ...form.display.map((image) => image.uploadId)];
  if (form.cover !== null) named.push(form.cover);
  const uploads = await store.lockUploads(tx, owner, named);
  // Its certificate will print them.
  const printed = form.files.map(({ uploadId }, index) => ({
    field: `files.${index}`,
    text: uploads.get(uploadId)?.name ?? '',
  }));
  refuseFields([
    ...fileFaults(form, uploads, isDraft),
    ...(isDraft ? [] : printingFaults(fonts, [{ field: 'title', text: form.title }, ...printed])),
  ]);

  const { title, intro, creatorNature, publishCategory, tags, completedOn } = form;
  const workType = form.workType ?? (publishCategory && USUAL_WORK_TYPE[publishCategory]);
  await transition(tx, workMachine, {
    id,
    event: isDraft ? 'save' : 'archive',
    actor: actorOf(owner),
    set: {
      title,
      intro,
      creatorNature,
      publishCategory,
      workType,
      tags,
      completedOn: completedOn === null ? null : new Date(completedOn),
      version: version + 1,
      updatedAt: new Date(),
    },
    detail: { version: version + 1, ...actingFor(owner) },
  });
  await store.replaceFiles(tx, id, form);
}
