// SPDX-License-Identifier: Apache-2.0
// The search in the hashes of pictures.
import { rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { PictureHashes } from '../picture-hashes.ts';
import { MAX_DISTANCE, nearBands } from './hash-bands.ts';

const alikeRow = z.object({ uploadId: z.string(), distance: z.int(), isMirrored: z.boolean() });

export type AlikePicture = z.output<typeof alikeRow>;

/** Reason: Prisma cannot count differing bits, nor sort by them. The most alike first; of a picture with these hashes, itself too. */
export function findAlike(db: Db, hashes: PictureHashes, limit: number): Promise<AlikePicture[]> {
  const probes = probesOf(hashes);
  const bands = probes.map(({ band }) => band);
  const own = probes.map(({ hash }) => String(hash));
  const mirrored = probes.map(({ isMirrored }) => isMirrored);
  return rowsOf(
    db,
    alikeRow,
    Prisma.sql`SELECT upload_id AS "uploadId", min(distance)::int AS distance,
        (array_agg(is_mirrored ORDER BY distance, is_mirrored))[1] AS "isMirrored"
      FROM (SELECT stored.upload_id, probe.is_mirrored, bit_count((stored.hash # probe.hash)::bit(64)) AS distance
        FROM unnest(${bands}::int[], ${own}::bigint[], ${mirrored}::boolean[]) AS probe (band, hash, is_mirrored)
        JOIN picture_hash_band stored ON stored.band = probe.band) near
      WHERE distance <= ${MAX_DISTANCE} GROUP BY upload_id ORDER BY distance, upload_id LIMIT ${limit}`,
  );
}

interface Probe {
  band: number;
  hash: bigint;
  isMirrored: boolean;
}

/** In the order of the index, which reads each of its pages once. Each view is looked for: either picture may be the cropped one. */
function probesOf({ whole, inner, mirrored, mirroredInner }: PictureHashes): Probe[] {
  const of = (hash: bigint, isMirrored: boolean) => nearBands(hash).map((band) => ({ band, hash, isMirrored }));
  const probes = [of(whole, false), of(inner, false), of(mirrored, true), of(mirroredInner, true)].flat();
  return probes.toSorted((one, other) => one.band - other.band);
}
