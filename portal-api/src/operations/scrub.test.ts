// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { pino } from 'pino';
import { dropDatabase } from '../../../test/support/postgres.ts';
import { portalDatabase } from '../../../test/support/uploads-fixture.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import type { ObjectKind, StoredKind } from '../storage/stored-kind.ts';
import type { Damage } from './damage.ts';
import { createScrub } from './scrub.ts';

describe('a pass of the scrub', () => {
  let db: Database;
  before(async () => {
    db = openDatabase(await portalDatabase());
  });
  after(async () => {
    await db.close();
    await dropDatabase(db.url);
  });

  /** So many objects, of which the one at `damagedAt` cannot be read; notes what is. */
  const kindOf = (kind: ObjectKind, count: number, read: string[], damagedAt?: number): StoredKind => {
    const ids = Array.from({ length: count }, newId).toSorted();
    return {
      kind,
      list: async (after, limit) => ids.filter((id) => id > after).slice(0, limit),
      async read(id) {
        read.push(kind);
        if (ids.indexOf(id) === damagedAt) throw new DomainError('stored-object-damaged');
        return [Buffer.from(id)];
      },
    };
  };

  it('reads every object of every kind once, however many there are, and reports what is damaged', async () => {
    const read: string[] = [];
    const reported: string[] = [];
    const damage = {
      due: async () => [],
      clear: async () => undefined,
      report: async ({ kind }: { kind: string }) => void reported.push(kind),
    } as unknown as Damage;
    const kinds = [kindOf('upload', 123, read), kindOf('certificate', 50, read), kindOf('package', 51, read, 50)];
    const settings = { bytesPerSecond: 1e9, everyMs: 3_600_000 };
    const scrub = createScrub({ db: db.prisma, damage, kinds, logger: pino({ level: 'silent' }), settings });
    await scrub.work(new Date());
    const times = (kind: string) => read.filter((each) => each === kind).length;
    expect(kinds.map(({ kind }) => times(kind))).to.deep.equal([123, 50, 51]);
    expect(reported).to.deep.equal(['package']);
    await scrub.work(new Date());
    expect(read, 'the next pass is not due yet').to.have.length(123 + 50 + 51);
  });
});
