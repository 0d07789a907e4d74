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
  const { whole, inner, mirrored, mirroredInner } = hashes;
  const probes = nearBands([whole, inner, mirrored, mirroredInner]);
  return rowsOf(
    db,
    alikeRow,
    Prisma.sql`WITH near AS MATERIALIZED (
        SELECT upload_id, ${leastDistance(whole, inner)} AS straight, ${leastDistance(mirrored, mirroredInner)} AS mirrored
        FROM picture_hash WHERE bands && ${probes}::int[])
      SELECT upload_id AS "uploadId", least(straight, mirrored)::int AS distance, mirrored < straight AS "isMirrored"
      FROM near WHERE least(straight, mirrored) <= ${MAX_DISTANCE} ORDER BY distance, upload_id LIMIT ${limit}`,
  );
}

/** Each view of one with each view of the other: either may be the cropped one. */
function leastDistance(whole: bigint, inner: bigint): Prisma.Sql {
  const pairs = ['whole', 'inner'].flatMap((name) =>
    [whole, inner].map((hash) => [Prisma.raw(`"${name}"`), hash] as const),
  );
  const distances = pairs.map(([name, hash]) => Prisma.sql`bit_count((${name} # ${String(hash)}::bigint)::bit(64))`);
  return Prisma.sql`least(${Prisma.join(distances)})`;
}
