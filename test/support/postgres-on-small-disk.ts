// SPDX-License-Identifier: Apache-2.0
// Runs on a small disk (`small-disk.ts`), which holds the tables of one database. The write-ahead log is elsewhere: a
// PostgreSQL that cannot write that stops.   postgres-on-small-disk.ts, with SMALL_DISK, CLUSTER and PG_PORT
import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { execute, startPostgres } from '../../scripts/embedded/postgres.ts';
import { eventually } from './eventually.ts';

const LONGEST_TEST = { withinMs: 3_600_000, everyMs: 500 };
const { SMALL_DISK: disk = '', CLUSTER: folder = '', PG_PORT: port = '' } = process.env;

const passwordFile = path.join(folder, 'keys', 'postgres-password');
const postgres = await startPostgres({ folder, port: Number(port), passwordFile, isDurable: false });

const stop = () => postgres.stop().then(() => process.exit(0));
process.once('SIGTERM', stop);
const parent = process.ppid;
// A test that is killed tells nobody.
void eventually(() => process.ppid !== parent, LONGEST_TEST).then(stop, stop);

const space = path.join(disk, 'tables');
mkdirSync(space);
chmodSync(disk, 0o711);
const { uid, gid } = statSync(path.join(folder, 'postgres'));
chownSync(space, uid, gid);
const server = await postgres.database('postgres');
await execute(server, `CREATE TABLESPACE small LOCATION '${space}'`);
await execute(server, 'CREATE DATABASE small TABLESPACE small');
console.log(`database: ${await postgres.database('small')}`);
