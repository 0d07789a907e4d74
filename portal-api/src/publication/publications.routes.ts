// SPDX-License-Identifier: Apache-2.0
import type { Request, Response } from 'express';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { senderKey } from '../http/rate-limits.ts';
import { contextOf } from './public-images.ts';
import { publicationApi, publicWorkApi } from './publications.api.ts';
import { findOwn, findPublic, searchPublic } from './publications.store.ts';
import { appealRemoval, type PublishParts, submitWork, withdrawWork } from './publish-work.ts';
import { reportWork } from './reports.ts';

/** A removal must be seen soon, also by whoever has the picture. */
const PICTURE_LASTS_SECONDS = 300;

export function publicWorkEndpoints(parts: { db: Database; vault: Vault }): Endpoint[] {
  const { db } = parts;
  return [
    endpoint(publicWorkApi.search, ({ query }) => searchPublic(db, query)),
    endpoint(publicWorkApi.read, ({ params }) => findPublic(db, params.id)),
    endpoint(publicWorkApi.image, ({ params, req, res }) =>
      sendPublic(parts, { ...params, size: 'picture' }, req, res),
    ),
    endpoint(publicWorkApi.smallImage, ({ params, req, res }) =>
      sendPublic(parts, { ...params, size: 'small' }, req, res),
    ),
    endpoint(publicWorkApi.report, async ({ params, body, req }) => {
      await reportWork(parts, { publicationId: params.id, address: senderKey(req) }, body);
      return {};
    }),
  ];
}

export function publicationEndpoints(parts: PublishParts): Endpoint[] {
  const { prisma } = parts.db;
  const targetOf = (req: Request, { id: workId }: { id: string }) => ({ owner: memberOf(req).owner, workId });
  const own = async (target: ReturnType<typeof targetOf>) => ({
    publication: await findOwn(prisma, target.owner, target.workId),
  });
  return [
    endpoint(publicationApi.read, ({ params, req }) => own(targetOf(req, params))),
    endpoint(publicationApi.submit, async ({ params, body, req }) => {
      await submitWork(parts, targetOf(req, params), body);
      return own(targetOf(req, params));
    }),
    endpoint(publicationApi.withdraw, async ({ params, req }) => {
      await withdrawWork(parts, targetOf(req, params));
      return undefined;
    }),
    endpoint(publicationApi.appeal, async ({ params, body, req }) => {
      await appealRemoval(parts, targetOf(req, params), body.text);
      return own(targetOf(req, params));
    }),
  ];
}

interface Wanted {
  id: string;
  imageId: string;
  size: 'picture' | 'small';
}

async function sendPublic(parts: { db: Database; vault: Vault }, wanted: Wanted, req: Request, res: Response) {
  const picture = await readPicture(parts, wanted, { isPublic: true });
  // An image never changes under its id.
  res.set({ 'Cache-Control': `public, max-age=${PICTURE_LASTS_SECONDS}`, ETag: `"${wanted.imageId}-${wanted.size}"` });
  if (req.fresh) res.status(304).end();
  else res.type('image/webp').send(picture);
  return undefined;
}

/** Throws `publication-not-found` for a picture of another work, or of one that is not public when it must be. */
export async function readPicture(
  { db, vault }: { db: Database; vault: Vault },
  { id, imageId, size }: Wanted,
  { isPublic }: { isPublic: boolean },
): Promise<Buffer> {
  const publication = {
    id,
    work: { state: { not: 'DELETED' as const } },
    ...(isPublic && { state: 'PUBLISHED' as const }),
  };
  const isSmall = size === 'small';
  const row = await db.prisma.publicationImage.findFirst({
    where: { id: imageId, publication },
    select: { cipher: !isSmall, smallCipher: isSmall },
  });
  const cipher = isSmall ? row?.smallCipher : row?.cipher;
  if (!cipher) throw new DomainError('publication-not-found');
  return vault.decrypt(cipher, contextOf(imageId, size));
}
