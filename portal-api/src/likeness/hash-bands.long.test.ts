// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import fc from 'fast-check';
import { dropDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { migrate } from '../db/migrate.ts';
import type { PictureHashes } from '../picture-hashes.ts';
import { bandsOf, MAX_DISTANCE, nearBands } from './hash-bands.ts';
import { findAlike } from './likeness.sql.ts';
import { saveHashes } from './picture-hashes.store.ts';

const BITS = 64;
const STORED = 400;
const hash = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const flips = fc.uniqueArray(fc.integer({ min: 0, max: BITS - 1 }), { maxLength: BITS });

const flip = (value: bigint, bits: readonly number[]) =>
  BigInt.asIntN(
    BITS,
    bits.reduce((all, bit) => all ^ (1n << BigInt(bit)), BigInt.asUintN(BITS, value)),
  );

function distanceOf(one: bigint, other: bigint): number {
  return [...BigInt.asUintN(BITS, one ^ other).toString(2)].filter((bit) => bit === '1').length;
}

describe('bands of hashes', () => {
  it('when two hashes differ in as few bits as count as alike › share a band that is asked for', () =>
    fc.assert(
      fc.property(hash, flips, (value, bits) => {
        const other = flip(value, bits.slice(0, MAX_DISTANCE));
        const near = new Set(nearBands(value));
        expect(bandsOf(other).some((band) => near.has(band))).to.equal(true);
      }),
    ));
});

describe('search in hashes', function () {
  this.timeout(60_000);
  let db: Database;
  let account: string;
  before(async () => {
    const url = await freshDatabase();
    await migrate(url);
    db = openDatabase(url);
    account = newId();
    await db.query(
      `INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at) VALUES ($1, '', $2, '', now())`,
      [account, Buffer.alloc(32)],
    );
  });
  after(async () => {
    await db.close();
    await dropDatabase(db.url);
  });

  const store = async (hashes: readonly PictureHashes[]) => {
    await db.query('DELETE FROM upload');
    for (const each of hashes) {
      const id = newId();
      await db.query(
        `INSERT INTO upload (id, account_id, name, declared_size, key_id, wrapped_key, state, received_bytes, sha256, sm3, cid, completed_at)
         VALUES ($1, $2, 'a.jpg', 1, 'k', '', 'COMPLETE', 1, $3, $3, '', now())`,
        [id, account, Buffer.alloc(32)],
      );
      await saveHashes(db, id, each);
    }
  };
  const distancesTo = ({ whole, inner, mirrored, mirroredInner }: PictureHashes, stored: readonly PictureHashes[]) =>
    stored
      .map((each) =>
        Math.min(
          ...[whole, inner, mirrored, mirroredInner].flatMap((view) =>
            [each.whole, each.inner].map((other) => distanceOf(view, other)),
          ),
        ),
      )
      .filter((distance) => distance <= MAX_DISTANCE)
      .toSorted((a, b) => a - b);

  it('when compared with a scan of everything › finds the same pictures at the same distances', async () => {
    const views = fc.record({ whole: hash, inner: hash, mirrored: hash, mirroredInner: hash });
    const [query] = fc.sample(views, 1);
    if (!query) throw new TypeError('no sample');
    const names = ['whole', 'inner', 'mirrored', 'mirroredInner'] as const;
    const stored = fc
      .sample(fc.tuple(views, flips, fc.integer({ min: 0, max: 14 }), fc.constantFrom(...names), fc.boolean()), STORED)
      .map(([others, bits, count, name, isInner]) => ({
        ...others,
        [isInner ? 'inner' : 'whole']: flip(query[name], bits.slice(0, count)),
      }));
    await store(stored);
    const found = await findAlike(db.prisma, query, STORED);
    expect(found.map(({ distance }) => distance)).to.deep.equal(distancesTo(query, stored));
    expect(found.length).to.be.above(STORED / 3);
    expect((await findAlike(db.prisma, query, 20)).map(({ uploadId }) => uploadId)).to.deep.equal(
      found.slice(0, 20).map(({ uploadId }) => uploadId),
    );
  });
});
