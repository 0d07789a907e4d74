// SPDX-License-Identifier: Apache-2.0
// The least that answers a look-up: Express, one prepared statement, the row as JSON.
import express from 'express';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.BENCH_DATABASE_URL, max: 16 });
const TEXT = 'SELECT number::text AS number, record, revoked_at, revocation_reason FROM certificate WHERE number = $1';

const app = express();
app.get('/lookup/:number', async (req, res) => {
  const { rows } = await pool.query({ name: 'lookup', text: TEXT, values: [req.params.number] });
  const { number, record } = rows[0];
  res.json({ number, ...record });
});
app.listen(Number(process.env.BENCH_PORT), '127.0.0.1', () => console.log('ready'));
