// SPDX-License-Identifier: Apache-2.0
// A server whose files are elsewhere: backed up by the real pg_basebackup as a user that may do that and nothing more, restored, and
// started by the same PostgreSQL.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import {
  DEBIAN_BINARIES,
  type DebianPostgres,
  makeTheirs,
  startDebianPostgres,
} from '../../test/support/debian-postgres.ts';
import { eventually } from '../../test/support/eventually.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { archiveCommand, walArchive } from '../embedded/wal-archive.ts';
import { readSettings } from '../supervisor/settings.ts';
import { makeBackup } from './make-backup.ts';
import { readManifest } from './manifest.ts';
import { makeRecoveryKey } from './recovery-key.ts';
import { restoreBackup } from './restore-backup.ts';

const PASSWORD = 'a password: with/signs@and%';

describe('a base backup over the replication protocol', function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  const at = (...names: string[]) => path.join(folder, ...names);
  const pathBefore = process.env.PATH;
  const running: DebianPostgres[] = [];

  before(function () {
    if (!DEBIAN_BINARIES) {
      if (process.env.CI) throw new RangeError('postgresql-15 is not installed');
      this.skip();
    }
    process.env.PATH = `${DEBIAN_BINARIES}:${pathBefore}`;
  });
  after(() => {
    process.env.PATH = pathBefore;
    for (const server of running) server.stop();
  });

  const start = async (cluster: string, settings: Record<string, string> = {}) => {
    const server = await startDebianPostgres(cluster, settings);
    running.push(server);
    return server;
  };

  it('when the user may replicate and read the databases › restores what was committed, from backup and log', async () => {
    const server = await start(at('server', 'data'), { archive_mode: 'on', archive_timeout: '1s' });
    const systemIdentifier = server.query('SELECT system_identifier FROM pg_control_system()');
    const archive = walArchive(at('backups'), systemIdentifier);
    makeTheirs(archive);
    server.query(`ALTER SYSTEM SET archive_command = '${archiveCommand(archive)}'`);
    server.query('SELECT pg_reload_conf()');
    server.query(`CREATE ROLE inkseal LOGIN REPLICATION PASSWORD '${PASSWORD}'`);
    for (const name of ['portal', 'ledger']) server.query(`CREATE DATABASE ${name} OWNER inkseal`);
    server.query('CREATE TABLE note (text text)', 'portal');
    server.query(`INSERT INTO note VALUES ('before')`, 'portal');

    const made = await backUp(server);
    const manifest = readManifest(made);
    expect(manifest.clusters.map(({ databases, systemIdentifier: id }) => [databases, id])).to.deep.equal([
      [['ledger', 'portal'], systemIdentifier],
    ]);
    expect(manifest.parts.some(({ path: name }) => name.endsWith('/backup_label'))).to.equal(true);
    server.query(`INSERT INTO note VALUES ('after')`, 'portal');
    const file = server.query('SELECT pg_walfile_name(pg_current_wal_lsn())');
    server.query('SELECT pg_switch_wal()');
    await eventually(() => existsSync(path.join(archive, `${file}.gz`)), { withinMs: 60_000 });
    running.splice(running.indexOf(server), 1);
    server.stop();

    const { manifest: restored } = await restoreBackup({
      backups: at('backups'),
      recoveryKeyFile: at('recovery.key'),
      to: at('restored'),
      withoutDamaged: false,
      say: () => {},
    });
    const [cluster] = restored.clusters;
    const again = await start(at('restored', cluster?.folder ?? ''));
    await eventually(() => again.query('SELECT pg_is_in_recovery()') === 'f', { withinMs: 60_000 });
    expect(again.query('SELECT text FROM note ORDER BY text', 'portal')).to.equal('after\nbefore');
    expect(again.query('SELECT system_identifier FROM pg_control_system()')).to.equal(systemIdentifier);
  });

  it('when the user may not replicate › says what pg_basebackup said, and leaves no backup', async () => {
    const server = await start(at('refusing', 'data'));
    server.query(`CREATE ROLE inkseal LOGIN PASSWORD '${PASSWORD}'`);
    for (const name of ['portal', 'ledger']) server.query(`CREATE DATABASE ${name} OWNER inkseal`);
    const refusal = await backUp(server).then(
      () => 'done',
      (error: Error) => error.message,
    );
    expect(refusal)
      .to.match(/pg_basebackup failed: .*replication/s)
      .and.not.include(PASSWORD);
  });

  async function backUp(server: DebianPostgres): Promise<string> {
    mkdirSync(at('home', 'keys'), { recursive: true });
    writeFileSync(at('anchor'), 'the anchoring key');
    writeFileSync(at('home', 'keys', 'portal-master-key.json'), 'the master key');
    await makeRecoveryKey(at('recovery.key')).catch(() => undefined);
    const url = (name: string) => server.url('inkseal', encodeURIComponent(PASSWORD), name);
    const environment = {
      INKSEAL_DATA: at('home'),
      LEDGER_DATABASE_URL: url('ledger'),
      PORTAL_DATABASE_URL: url('portal'),
      CHAIN_RPC_URL: 'http://127.0.0.1:1',
      ANCHOR_KEY_FILE: at('anchor'),
      REVOKER_KEY_FILE: at('anchor'),
      ADMIN_ADDRESS: `0x${'11'.repeat(20)}`,
    };
    return makeBackup({
      settings: readSettings(environment, folder),
      backups: at('backups'),
      recipients: [readFileSync(at('recovery.key'), 'utf8').match(/age1\w+/)?.[0] ?? ''],
      env: environment,
      isQuick: false,
      say: () => {},
    });
  }
});
