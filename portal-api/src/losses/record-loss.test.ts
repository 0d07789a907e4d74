// SPDX-License-Identifier: Apache-2.0
// The numbers that the portal gives itself pass those that were lost, once for each loss.
import { expect } from 'chai';
import { freshDatabase } from '../../../test/support/postgres.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { recordLoss } from './index.ts';

describe('recordLoss', () => {
  let db: Database;
  before(async () => {
    const url = await freshDatabase();
    await migrate(url);
    db = openDatabase(url);
  });
  after(() => db?.close());
  beforeEach(() => db.query('TRUNCATE known_loss, registration_sequence'));

  const nextDocument = async () => {
    const [row] = await db.query<{ next: string }>(`SELECT nextval('certificate_document_serial_seq') AS next`);
    return Number(row?.next);
  };
  const given = (): Promise<Record<string, unknown>[]> =>
    db.query('SELECT prefix, year, letter, last FROM registration_sequence ORDER BY year, letter');

  it('when more numbers are burned › moves document numbers on by as many; told again, by none', async () => {
    const before = await nextDocument();
    expect([await recordLoss(db, 5n), await recordLoss(db, 5n), await recordLoss(db, 8n)]).to.deep.equal([5, 0, 3]);
    expect(await nextDocument()).to.be.at.least(before + 1 + 8);
    const rows = await db.query('SELECT total::int, numbers FROM known_loss ORDER BY total');
    expect(rows).to.deep.equal([
      { total: 5, numbers: 5 },
      { total: 8, numbers: 3 },
    ]);
    const [audited] = await db.query(`SELECT detail FROM audit WHERE subject = 'known-loss:5'`);
    expect(JSON.parse(String(audited?.detail))).to.deep.equal({ numbers: 5, total: '5' });
  });

  it('when two record the same loss at once › one of them does', async () => {
    const moved = await Promise.all([recordLoss(db, 4n), recordLoss(db, 4n), recordLoss(db, 4n)]);
    expect(moved.toSorted()).to.deep.equal([0, 0, 4]);
  });

  it('when registrations were numbered › moves each letter of this year on, those without a number yet too', async () => {
    const year = Number(new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' }).format());
    await db.query(
      `INSERT INTO registration_sequence VALUES ('鲁作登字', ${year - 1}, 'F', 7), ('鲁作登字', ${year}, 'F', 2)`,
    );
    await recordLoss(db, 10n);
    const letters = [...'ABCDEFGHIJKLMNOP'];
    expect(await given()).to.deep.equal([
      { prefix: '鲁作登字', year: year - 1, letter: 'F', last: 7 },
      ...letters.map((letter) => ({ prefix: '鲁作登字', year, letter, last: letter === 'F' ? 12 : 10 })),
    ]);
  });

  it('when none was numbered, or none is burned › touches none', async () => {
    expect(await recordLoss(db, 0n)).to.equal(0);
    await recordLoss(db, 3n);
    expect(await given()).to.deep.equal([]);
  });
});
