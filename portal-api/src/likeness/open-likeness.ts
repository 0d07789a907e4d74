// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import type { Originals } from '../works/index.ts';
import { hashPictures, PICTURE_HASH_TOPIC } from './hash-pictures.ts';
import { createLikenesses, type Likenesses, type RecordSource } from './likenesses.ts';

export interface LikenessDomain extends Domain {
  likenesses: Likenesses;
}

export function openLikeness(
  { db }: Pick<Platform, 'db'>,
  { originals, sources }: { originals: Originals; sources: readonly RecordSource[] },
): LikenessDomain {
  return {
    likenesses: createLikenesses({ db, sources }),
    topics: { [PICTURE_HASH_TOPIC]: hashPictures({ db, originals }) },
    heavyTopics: [PICTURE_HASH_TOPIC],
  };
}
