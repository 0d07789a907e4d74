// SPDX-License-Identifier: Apache-2.0
// The rule for migrations, on planted ones: every way to break the last release is found, and what only adds is not.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { migrationRule } from './migrations.ts';

const LATER = '20991231000000_later';

const BREAKING: readonly [sql: string, fault: RegExp][] = [
  ['DROP TABLE "entry";', /drops entry while/],
  ['DROP TABLE IF EXISTS public.entry, "batch" CASCADE;', /drops batch while/],
  ['DROP TYPE batch_state;', /drops batch_state/],
  ['ALTER TABLE "batch" RENAME TO "lot";', /renames batch while/],
  ['ALTER TABLE batch RENAME COLUMN "sealed_at" TO closed_at;', /renames batch\.sealed_at/],
  ['alter table batch rename sealed_at to closed_at;', /renames batch\.sealed_at/],
  ["ALTER TYPE batch_state RENAME VALUE 'sealed' TO 'closed';", /renames batch_state or a value/],
  ['ALTER TABLE "entry" DROP COLUMN "sm3";', /drops entry\.sm3 while/],
  ['ALTER TABLE entry DROP sm3;', /drops entry\.sm3/],
  ['ALTER TABLE entry ADD COLUMN a INT, DROP COLUMN IF EXISTS "sm3";', /drops entry\.sm3/],
  [
    'ALTER TABLE entry ALTER COLUMN number TYPE numeric(20, 0), ALTER number SET NOT NULL;',
    /changes the type of entry\.number/,
  ],
  ['ALTER TABLE entry ALTER COLUMN number TYPE numeric(20, 0), ALTER number SET NOT NULL;', /demands entry\.number/],
  ['ALTER TABLE ONLY entry ALTER "number" SET DATA TYPE TEXT;', /changes the type of entry\.number/],
  ['ALTER TABLE client ALTER COLUMN created_at DROP DEFAULT;', /takes away the default of client\.created_at/],
  ['ALTER TABLE entry\n  ADD COLUMN "note" TEXT NOT NULL -- DEFAULT\n;', /adds entry\.note NOT NULL without a default/],
  ['ALTER TABLE entry ADD note NUMERIC(3, 1) NOT NULL;', /adds entry\.note NOT NULL/],
  ['-- unused since 0.2.0: entry.sm3\nALTER TABLE entry DROP COLUMN sha256;', /drops entry\.sha256 while/],
  [
    '-- unused since long ago: entry.sm3\nALTER TABLE entry DROP COLUMN sm3;',
    /write "-- unused since <release>: entry\.sm3"/,
  ],
  ['CREATE TABLE entry_note (id INT); ALTER TABLE entry DROP COLUMN note;', /drops entry\.note/],
];

const ADDING = [
  'CREATE TABLE note (id INT NOT NULL); ALTER TABLE note ADD COLUMN text TEXT NOT NULL; DROP TABLE note;',
  "ALTER TABLE entry ADD COLUMN note TEXT NOT NULL DEFAULT '', ADD COLUMN other TEXT, ADD place BIGSERIAL NOT NULL;",
  'ALTER TABLE entry ADD CONSTRAINT entry_note CHECK (note IS NOT NULL);',
  'ALTER TABLE entry DROP CONSTRAINT entry_note; ALTER TABLE entry RENAME CONSTRAINT a TO b; DROP INDEX entry_idx;',
  'ALTER TABLE entry ALTER COLUMN note DROP NOT NULL; ALTER TABLE entry ALTER COLUMN note SET DEFAULT 1;',
  "ALTER TYPE batch_state ADD VALUE 'late';",
  '-- unused since 0.2.0: entry.sm3\nALTER TABLE "entry" DROP COLUMN "sm3";',
  '-- unused since 0.2.0: batch\nDROP TABLE "batch";',
  "/* DROP TABLE entry; */ COMMENT ON TABLE entry IS 'DROP TABLE entry; ALTER TABLE entry DROP COLUMN id';",
  'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DROP TABLE entry; RETURN NEW; END $$;',
];

describe('the rule for migrations', () => {
  for (const [sql, fault] of BREAKING)
    it(`when one says ${sql.replaceAll('\n', ' ').slice(0, 60)} › names what breaks`, async () => {
      expect((await faultsIn({ [LATER]: sql })).join('\n')).to.match(fault);
    });

  for (const sql of ADDING)
    it(`when one says ${sql.replaceAll('\n', ' ').slice(0, 60)} › takes it`, async () => {
      expect(await faultsIn({ [LATER]: sql })).to.deep.equal([]);
    });

  it('when one belongs to the last release, or its table is newer › takes it', async () => {
    const sql = 'ALTER TABLE note DROP COLUMN text;';
    expect(await faultsIn({ '20200101000000_first': sql })).to.deep.equal([]);
    expect(await faultsIn({ '20990101000000_note': 'CREATE TABLE "note" (text TEXT);', [LATER]: sql })).to.deep.equal(
      [],
    );
    expect(await faultsIn({ '20200101000000_first': 'CREATE TABLE note (text TEXT);', [LATER]: sql })).to.have.length(
      1,
    );
  });

  async function faultsIn(migrations: Record<string, string>): Promise<string[]> {
    const root = temporaryFolder();
    for (const [name, sql] of Object.entries(migrations)) {
      const folder = path.join(root, 'ledger-service', 'prisma', 'migrations', name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, 'migration.sql'), sql);
    }
    return migrationRule.run(root);
  }
});
