// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import pino from 'pino';
import { dropDatabase } from '../../../test/support/postgres.ts';
import { portalDatabase } from '../../../test/support/uploads-fixture.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { countDamaged, createDamage, type Damage } from './damage.ts';
import { createScrub } from './scrub.ts';

describe('damage that a reader meets', () => {
  const logger = pino({ enabled: false });
  let db: Database;
  let damage: Damage;
  before(async () => {
    db = openDatabase(await portalDatabase());
    damage = createDamage(db.prisma, logger);
  });
  after(async () => {
    await db.close();
    await dropDatabase(db.url);
  });

  it('when the scrub has just read the object whole › stays reported until the object is read again', async () => {
    const id = newId();
    let isDamaged = true;
    const kind = {
      kind: 'upload' as const,
      list: async (after: string) => (after < id ? [id] : []),
      async read() {
        if (isDamaged) await damage.report({ kind: 'upload', id });
        return [];
      },
    };
    const settings = { bytesPerSecond: 1_000, everyMs: 0 };
    const scrub = createScrub({ db: db.prisma, damage, kinds: [kind], logger, settings });
    await scrub.work(new Date());
    expect(await countDamaged(db.prisma)).to.equal(1);

    isDamaged = false;
    await scrub.work(new Date());
    expect(await countDamaged(db.prisma)).to.equal(0);
  });
});
