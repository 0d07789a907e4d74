// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { startPortal } from '../../../test/support/portal.ts';

/** Their rows stay: what is personal in them is erased, and the row is not. */
const NEVER_DELETED = ['account', 'identity', 'organisation'];

const WITHOUT_INDEX = `
  SELECT c.conrelid::regclass || ' refers to ' || c.confrelid::regclass || ' by ' || a.attname AS reference
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
   WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND c.confrelid::regclass::text <> ALL($1)
     AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])`;

describe('the tables', () => {
  it('when a row is deleted › find who refers to it by an index, not by reading a table to its end', async () => {
    const portal = await startPortal();
    try {
      const found = await portal.db.query(WITHOUT_INDEX, [NEVER_DELETED]);
      expect(found.map(({ reference }) => reference)).to.deep.equal([]);
    } finally {
      await portal.stop();
    }
  });
});
