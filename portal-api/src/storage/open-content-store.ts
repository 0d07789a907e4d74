// SPDX-License-Identifier: Apache-2.0
// The content store that the settings name.
import path from 'node:path';
import type { ContentStore } from './content-store.ts';
import { openDiskStore, readDiskStore } from './disk-store.ts';
import { keepCopies } from './kept-copies.ts';
import type { KuboCluster } from './kubo-cluster.ts';
import { createS3Store, type S3Place } from './s3-store.ts';

export type ContentPlace =
  /** `copies`: folder that has a copy of each content before it counts as stored. */
  | { kind: 'disk'; copies?: string }
  | { kind: 'kubo'; rpcUrls: readonly string[]; copies: number }
  | ({ kind: 's3' } & S3Place);

/** `repair`: where copies can be lost one by one. */
export type RepairedStore = ContentStore & Partial<Pick<KuboCluster, 'repair'>>;

/** `folder`: of the blocks, if they are on disk. */
export async function openContentStore(place: ContentPlace, folder: string): Promise<RepairedStore> {
  if (place.kind !== 'disk') return remoteStore(place);
  const store = await openDiskStore(folder);
  return place.copies ? keepCopies(store, path.join(folder, 'content'), path.resolve(place.copies)) : store;
}

/** To be read beside whoever writes to it. */
export async function readContentStore(place: ContentPlace, folder: string): Promise<Pick<ContentStore, 'get'>> {
  return place.kind === 'disk' ? readDiskStore(folder) : remoteStore(place);
}

async function remoteStore(place: Exclude<ContentPlace, { kind: 'disk' }>): Promise<RepairedStore> {
  if (place.kind === 's3') return createS3Store(place);
  // Loaded where it is used: its client takes 14 MB.
  const { createKuboStore } = await import('./kubo-store.ts');
  const { createKuboCluster } = await import('./kubo-cluster.ts');
  const [only, ...others] = place.rpcUrls.map((url) => createKuboStore(url));
  return only && others.length === 0 ? only : createKuboCluster([...(only ? [only] : []), ...others], place.copies);
}
