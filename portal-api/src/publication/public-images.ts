// SPDX-License-Identifier: Apache-2.0
// The pictures that the public site shows: written anew from display images, smaller and without metadata, and encrypted.
import pLimit from 'p-limit';
import type { Vault } from '../crypto/vault.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { drawPicture } from '../pictures.ts';

const LONGEST_SIDE_PX = 1_280;
const SMALL_SIDE_PX = 480;
const LARGE = webpOf(LONGEST_SIDE_PX, 80);
const SMALL = webpOf(SMALL_SIDE_PX, 76);
/** Each holds a whole original in memory. */
const limit = pLimit(1);

export type EncryptedImage = Omit<Prisma.PublicationImageCreateManyInput, 'publicationId' | 'position'>;

/** `read` is called when it is this picture's turn. */
export async function makePublicImage(vault: Vault, read: () => Promise<Buffer>): Promise<EncryptedImage> {
  const id = newId();
  const { picture, small, width, height } = await limit(async () => shrink(await read()));
  return {
    id,
    width,
    height,
    cipher: vault.encrypt(picture, contextOf(id, 'picture')),
    smallCipher: vault.encrypt(small, contextOf(id, 'small')),
  };
}

export const contextOf = (id: string, size: 'picture' | 'small') => `publication_image:${id}:${size}`;

async function shrink(original: Buffer) {
  try {
    const { data: picture, width, height } = await drawPicture(original, LARGE);
    const { data: small } = await drawPicture(picture, SMALL);
    return { picture, small, width, height };
  } catch (cause) {
    throw new DomainError('image-invalid', {}, { cause });
  }
}

function webpOf(side: number, quality: number) {
  return { width: side, height: side, fit: 'inside', format: 'webp', quality } as const;
}
