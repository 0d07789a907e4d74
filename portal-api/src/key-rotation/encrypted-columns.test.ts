// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { ENCRYPTED_COLUMNS, WRAPPED_KEY_COLUMNS } from './encrypted-columns.ts';

describe('encrypted columns', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  it('the list › when the database has a column for ciphertexts or wrapped keys › names it', async () => {
    const columns = await portal.db.query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'bytea' AND column_name ~ 'cipher|wrapped_key' ORDER BY name`,
    );
    const listed = [...ENCRYPTED_COLUMNS.map(({ table, column }) => `${table}.${column}`), ...WRAPPED_KEY_COLUMNS];
    expect(listed.toSorted()).to.deep.equal(columns.map(({ name }) => name).toSorted());
  });
});
