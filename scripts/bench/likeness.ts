// SPDX-License-Identifier: Apache-2.0
// The search for pictures that look alike among the hashes of a million pictures, as a reviewer waits for it; beside one scan
// of all of them. The hashes are random: those of unrelated photographs spread nearly as evenly.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Database, openDatabase } from '../../portal-api/src/db/database.ts';
import { migrate } from '../../portal-api/src/db/migrate.ts';
import { bandsOf, MAX_DISTANCE } from '../../portal-api/src/likeness/hash-bands.ts';
import { findAlike } from '../../portal-api/src/likeness/likeness.sql.ts';
import type { PictureHashes } from '../../portal-api/src/picture-hashes.ts';
import { freshDatabase } from '../../test/support/postgres.ts';
import { Failure } from '../processes/failure.ts';
import { useDurablePostgres } from './durable-postgres.ts';
import { type Figure, median, percentile, round, timed } from './figure.ts';

export interface LikenessSize {
  pictures?: number;
  searches?: number;
}

const BITS = 64;
const MOST_MS = 50;
const MOST_FOUND = 200;
/** PostgreSQL and the processor's caches are warm after them. */
const WARM_UP = 20;

/** Two hashes of each picture, under four bands each. */
const SEED = `
  WITH hash AS MATERIALIZED (
    SELECT id, ((random() * 4294967295)::bigint << 32) # (random() * 4294967295)::bigint AS value
    FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, $1)) picture, generate_series(1, 2))
  INSERT INTO picture_hash_band (band, hash, upload_id)
  SELECT band * 65536 + ((value >> (band * 16)) & 65535)::int, value, id FROM hash, generate_series(0, 3) AS band
  ORDER BY 1, 2`;
/** Whoever has no bands compares with every hash: the first band of each has it once. */
const SCAN = `SELECT count(*) FROM picture_hash_band
  WHERE band < 65536 AND least(${[1, 2, 3, 4].map((view) => `bit_count((hash # $${view}::bigint)::bit(64))`).join(', ')}) <= ${MAX_DISTANCE}`;

export async function measureLikeness(size: LikenessSize = {}): Promise<Figure[]> {
  const { pictures = 1_000_000, searches = 200 } = size;
  await useDurablePostgres();
  const url = await freshDatabase();
  await migrate(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const db = openDatabase(url);
  try {
    await seed(client, pictures);
    const times: number[] = [];
    for (let turn = 0; turn < WARM_UP + searches; turn += 1) {
      const ms = await searchOnce(db, client, turn % (MAX_DISTANCE + 1));
      if (turn >= WARM_UP) times.push(ms);
    }
    const views = Object.values(someHashes()).map(String);
    const scan = await timed(() => client.query(SCAN, views));
    const details = { pictures, hashes: 2 * pictures, searches, p95: round(percentile(times, 95)) };
    return [figureOf({ ours: median(times), scan, details })];
  } finally {
    await db.close();
    await client.end();
  }
}

function figureOf({ ours, scan, details }: { ours: number; scan: number; details: Figure['details'] }): Figure {
  return {
    name: `pictures alike among ${details.pictures}, p50`,
    unit: 'ms',
    ours: round(ours),
    peer: { name: 'one scan of all hashes', value: round(scan) },
    comparison: 'faster',
    target: { on: 'ours', atMost: MOST_MS },
    details,
  };
}

/** Without the check that each row has its picture: only the search is measured. */
async function seed(client: pg.Client, pictures: number): Promise<void> {
  await client.query(`SET session_replication_role = replica`);
  await client.query(SEED, [pictures]);
  await client.query('VACUUM ANALYZE picture_hash_band');
}

/** Milliseconds of a search for a picture that has one copy among the others, at this distance: it has to be found. */
async function searchOnce(db: Database, client: pg.Client, distance: number): Promise<number> {
  const [hashes, uploadId] = [someHashes(), randomUUID()];
  const copy = copyOf(hashes.whole, distance);
  const rows = bandsOf(copy).map((band) => [band, String(copy), uploadId]);
  for (const row of rows) await client.query('INSERT INTO picture_hash_band VALUES ($1, $2, $3)', row);
  let found: Awaited<ReturnType<typeof findAlike>> = [];
  const ms = await timed(async () => {
    found = await findAlike(db.prisma, hashes, MOST_FOUND);
  });
  const isFound = found.some((each) => each.uploadId === uploadId && each.distance === distance && !each.isMirrored);
  if (!isFound) throw new Failure(`a copy that differs in ${distance} bits was not found`);
  return ms;
}

function someHashes(): PictureHashes {
  const some = () => randomBytes(8).readBigInt64BE();
  return { whole: some(), inner: some(), mirrored: some(), mirroredInner: some() };
}

function copyOf(hash: bigint, distance: number): bigint {
  const flipped = new Set<number>();
  while (flipped.size < distance) flipped.add(Math.floor(Math.random() * BITS));
  return [...flipped].reduce((value, bit) => BigInt.asIntN(BITS, value ^ (1n << BigInt(bit))), hash);
}
