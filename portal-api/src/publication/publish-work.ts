// SPDX-License-Identifier: Apache-2.0
// What an owner does: submit a work to the public site, withdraw it, appeal against its removal.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { transition, tryTransition } from '../db/transition.ts';
import { DomainError, refuseFields } from '../errors.ts';
import { actingFor, actorOf, type Owner, ownedBy } from '../http/members.ts';
import type { Originals, Work, WorkStore } from '../works/index.ts';
import { type EncryptedImage, makePublicImage } from './public-images.ts';
import { publicationMachine } from './publication.ts';
import type { PublicationForm } from './publications.schema.ts';

export interface PublishParts {
  db: Database;
  vault: Vault;
  works: Pick<WorkStore, 'find' | 'lockOwn'>;
  originals: Pick<Originals, 'readImage'>;
  /** Codes of the categories that the site has now. */
  categories(): readonly string[];
}

interface Target {
  owner: Owner;
  workId: string;
}

/** What is shown is copied now, so that staff decides on exactly that. Throws `version-conflict` when the work was saved
 *  since, `state-conflict` for a draft and for what was taken down. */
export async function submitWork(parts: PublishParts, target: Target, form: PublicationForm): Promise<void> {
  if (!parts.categories().includes(form.category)) refuseFields([{ field: 'category', code: 'not-an-option' }]);
  const work = await parts.works.find(target.owner, target.workId);
  if (work.state !== 'ARCHIVED') throw new DomainError('state-conflict', { record: 'work', event: 'publish' });
  const images = await copyImages(parts, work);
  await parts.db.transaction(async (tx) => {
    const { version } = await parts.works.lockOwn(tx, target.owner, target.workId);
    if (version !== form.workVersion) throw new DomainError('version-conflict', { version });
    const id = await writeSubmission(tx, target, contentOf(work, form));
    await tx.prisma.publicationImage.deleteMany({ where: { publicationId: id } });
    await tx.prisma.publicationImage.createMany({
      data: images.map((image, position) => ({ ...image, position, publicationId: id })),
    });
  });
}

/** The first display image is the work's picture; the cover comes last, unless it is one of them. */
async function copyImages({ vault, originals }: PublishParts, { display, cover }: Work): Promise<EncryptedImage[]> {
  const ids = [...new Set([...display, ...(cover ? [cover] : [])].map(({ uploadId }) => uploadId))];
  const images: EncryptedImage[] = [];
  for (const id of ids) images.push(await makePublicImage(vault, await originals.readImage(id)));
  return images;
}

function contentOf({ title, intro, tags }: Work, { category, author }: PublicationForm) {
  return { title, intro, tags, category, author, consentAt: new Date() };
}

async function writeSubmission(
  tx: Transaction,
  { owner, workId }: Target,
  content: ReturnType<typeof contentOf>,
): Promise<string> {
  const actor = actorOf(owner);
  const found = await tx.prisma.publication.findUnique({ where: { workId }, select: { id: true, round: true } });
  if (!found) {
    const id = newId();
    await tx.prisma.publication.createMany({ data: { id, workId, accountId: owner.accountId, ...content } });
    tx.record({
      actor,
      action: 'publication.submit',
      subject: `publication:${id}`,
      detail: { to: 'PENDING', round: 1, ...actingFor(owner) },
    });
    return id;
  }
  const round = found.round + 1;
  const set = { ...content, round, terms: [], publishedAt: null, appeal: null };
  await transition(tx, publicationMachine, {
    id: found.id,
    event: 'submit',
    actor,
    set,
    detail: { round, ...actingFor(owner) },
  });
  return found.id;
}

/** Throws `publication-not-found`, or `state-conflict` when nothing of it is shown or waiting. */
export async function withdrawWork({ db, works }: PublishParts, { owner, workId }: Target): Promise<void> {
  await db.transaction(async (tx) => {
    await works.lockOwn(tx, owner, workId);
    const id = await requireOwn(tx, { owner, workId });
    await transition(tx, publicationMachine, {
      id,
      event: 'withdraw',
      actor: actorOf(owner),
      set: { terms: [] },
      detail: actingFor(owner),
    });
    await tx.prisma.publicationImage.deleteMany({ where: { publicationId: id } });
  });
}

/** The table of states allows one appeal against each removal; another member of staff decides it. */
export async function appealRemoval({ db }: PublishParts, { owner, workId }: Target, text: string): Promise<void> {
  await db.transaction(async (tx) => {
    const id = await requireOwn(tx, { owner, workId });
    const set = { appeal: text, appealedAt: new Date() };
    await transition(tx, publicationMachine, {
      id,
      event: 'appeal',
      actor: actorOf(owner),
      set,
      detail: actingFor(owner),
    });
  });
}

/** For a work that its owner deletes: nothing of it stays public. */
export async function withdrawDeleted(tx: Transaction, { owner, workId }: Target): Promise<void> {
  const found = await tx.prisma.publication.findUnique({ where: { workId }, select: { id: true } });
  if (!found) return;
  const { id } = found;
  await tryTransition(tx, publicationMachine, {
    id,
    event: 'withdraw',
    actor: actorOf(owner),
    set: { terms: [] },
    detail: actingFor(owner),
  });
  await tx.prisma.publicationImage.deleteMany({ where: { publicationId: id } });
}

/** For an account that ends: nothing of its own works stays public. Those of an organisation stay with it. */
export async function withdrawAll(tx: Transaction, accountId: string, actor: string): Promise<void> {
  const own = { accountId, organisationId: null };
  for (const { id } of await tx.prisma.publication.findMany({ where: { work: own }, select: { id: true } })) {
    await tryTransition(tx, publicationMachine, { id, event: 'withdraw', actor, set: { terms: [] } });
    await tx.prisma.publicationImage.deleteMany({ where: { publicationId: id } });
  }
}

async function requireOwn(tx: Transaction, { owner, workId }: Target): Promise<string> {
  const where = { workId, work: { ...ownedBy(owner), state: { not: 'DELETED' as const } } };
  const found = await tx.prisma.publication.findFirst({ where, select: { id: true } });
  if (!found) throw new DomainError('publication-not-found');
  return found.id;
}
