// SPDX-License-Identifier: Apache-2.0

import {
  appendFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { openDiskStore, readDiskStore } from '../../portal-api/src/storage/disk-store.ts';
import { eventually } from '../../test/support/eventually.ts';
import { temporaryFolder, untilExit } from '../../test/support/temporary.ts';
import { execute, type Postgres, startPostgres } from '../embedded/postgres.ts';
import { archiveCommand, walArchive } from '../embedded/wal-archive.ts';
import { freePort } from '../processes/ports.ts';
import { readSettings } from '../supervisor/settings.ts';
import { serversOf } from './cluster.ts';
import { copyContents } from './contents.ts';
import { copyCluster } from './copy-cluster.ts';
import { makeBackup } from './make-backup.ts';
import { readManifest } from './manifest.ts';
import { pruneBackups } from './prune.ts';
import { makeRecoveryKey } from './recovery-key.ts';
import { type RestoreOptions, restoreBackup } from './restore-backup.ts';

/** Of two leaves and a node above them. */
const LARGE = Buffer.alloc(300_000, 'large');

describe('backup and restore (in order)', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const at = (...names: string[]) => path.join(folder, ...names);
  const backups = at('backups');
  const data = at('data');
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  let server: Postgres;
  let url: string;
  let first: string;
  let cid: string;
  let between: Date;

  const start = async (dataFolder: string) => {
    const options = {
      folder: dataFolder,
      port: await freePort(),
      passwordFile: path.join(dataFolder, 'keys', 'postgres-password'),
    };
    return untilExit(await startPostgres({ ...options, archive: { backups, everySeconds: 1 } }));
  };
  const add = (note: string) => execute(url, `INSERT INTO note VALUES ('${note}')`);
  const notesOf = async (place: string) =>
    (await execute(place, 'SELECT text FROM note ORDER BY text')).map(({ text }) => text);
  const untilArchived = async () => {
    const [row] = await execute(url, 'SELECT pg_walfile_name(pg_current_wal_lsn()) AS file');
    await execute(url, 'SELECT pg_switch_wal()');
    await eventually(async () => {
      const [found] = await execute(url, 'SELECT last_archived_wal FROM pg_stat_archiver');
      return String(found?.last_archived_wal) >= String(row?.file);
    });
  };
  const backUp = async (env: NodeJS.ProcessEnv = {}) => {
    const settings = readSettings(
      {
        INKSEAL_DATA: data,
        PG_PORT: String(server.port),
        CHAIN_RPC_URL: 'http://127.0.0.1:1',
        ...{ ANCHOR_KEY_FILE: at('anchor'), REVOKER_KEY_FILE: at('anchor'), ADMIN_ADDRESS: `0x${'11'.repeat(20)}` },
      },
      folder,
    );
    const recipients = [readFileSync(at('recovery.key'), 'utf8').match(/age1\w+/)?.[0] ?? ''];
    return makeBackup({
      settings,
      backups,
      recipients,
      env: { ANCHOR_KEY_FILE: at('anchor'), ...env },
      isQuick: false,
      say,
    });
  };
  const restore = (to: string, options: Partial<RestoreOptions> = {}) =>
    restoreBackup({ backups, recoveryKeyFile: at('recovery.key'), to, withoutDamaged: false, say, ...options });
  const refusal = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: Error) => error.message,
    );

  before(async () => {
    server = await start(data);
    url = await server.database('portal');
    await server.database('ledger');
    await execute(url, 'CREATE TABLE note (text text)');
    writeFileSync(at('anchor'), 'the anchoring key');
    writeFileSync(path.join(data, 'keys', 'portal-master-key.json'), 'the master key');
    const store = await openDiskStore(path.join(data, 'blocks'));
    cid = await store.put(
      (async function* () {
        yield LARGE;
      })(),
    );
    await makeRecoveryKey(at('recovery.key'));
    await makeRecoveryKey(at('other.key'));
    await add('1 before the backup');
    first = path.basename(await backUp());
    await add('2 after it');
    await untilArchived();
    between = new Date();
    await add('3 still later');
    await untilArchived();
  });

  it('when nothing is wrong › restores what was archived, keys and content, and archives on', async () => {
    await restore(at('restored'), { id: first });
    const restored = await start(at('restored'));
    expect(await notesOf(await restored.database('portal'))).to.deep.equal([
      '1 before the backup',
      '2 after it',
      '3 still later',
    ]);
    const read: Uint8Array[] = [];
    for await (const piece of readDiskStore(at('restored', 'blocks')).get(cid)) read.push(piece);
    expect(Buffer.concat(read).equals(LARGE)).to.equal(true);
    expect(readFileSync(at('restored', 'keys', 'portal-master-key.json'), 'utf8')).to.equal('the master key');
    expect(readFileSync(at('restored', 'restored', 'ANCHOR_KEY_FILE'), 'utf8')).to.equal('the anchoring key');
    await eventually(() => globSync('wal/*/00000002.history.gz', { cwd: backups }).length === 1);
    await restored.stop();
  });

  it('when a time is named › restores the databases as they were then', async () => {
    await restore(at('earlier'), { until: between });
    const restored = await start(at('earlier'));
    expect(await notesOf(await restored.database('portal'))).to.deep.equal(['1 before the backup', '2 after it']);
    await restored.stop();
    expect(await refusal(restore(at('never'), { until: new Date(0) }))).to.include('no backup was complete at 1970');
  });

  it('when the folder is not empty › refuses', async () => {
    mkdirSync(at('full'));
    writeFileSync(at('full', 'file'), '');
    expect(await refusal(restore(at('full')))).to.include('is not empty');
    expect(readdirSync(at('full'))).to.deep.equal(['file']);
  });

  for (const [what, part, damage, words] of [
    ['a part of the database was changed', 'postgres/global/pg_control', flip, 'postgres/global/pg_control: changed'],
    [
      'a part grew',
      'postgres/backup_label',
      (file: string) => appendFileSync(file, '\n'),
      'postgres/backup_label: changed',
    ],
    ['the keys are missing', 'keys.age', rmSync, 'keys.age: missing'],
    ['the list of content was changed', 'contents.txt', flip, 'contents.txt: changed'],
    ['there is no manifest', 'manifest.json', rmSync, 'is no complete backup'],
    ['the manifest was changed', 'manifest.json', flip, 'is damaged'],
  ] as const) {
    it(`when ${what} › says so, and writes nothing`, async () => {
      const file = path.join(backups, 'base', first, part);
      const kept = readFileSync(file);
      damage(file);
      expect(await refusal(restore(at('damaged'), { id: first }))).to.include(words);
      expect(existsSync(at('damaged'))).to.equal(false);
      writeFileSync(file, kept);
    });
  }

  it('when the manifest is that of another backup › refuses it', async () => {
    const renamed = first.replace(/\d{3}Z$/, '000Z');
    cpSync(path.join(backups, 'base', first), path.join(backups, 'base', renamed), { recursive: true });
    expect(await refusal(restore(at('other'), { id: renamed }))).to.include(`the manifest of another backup, ${first}`);
    rmSync(path.join(backups, 'base', renamed), { recursive: true });
  });

  it('when the recovery key is another one, or none › says so, and writes nothing', async () => {
    const wrong = restore(at('wrong'), { recoveryKeyFile: at('other.key') });
    expect(await refusal(wrong)).to.include('does not open the keys of this backup');
    expect(await refusal(restore(at('wrong'), { recoveryKeyFile: at('anchor') }))).to.include('has no recovery key');
    expect(existsSync(at('wrong'))).to.equal(false);
    const bytes = readFileSync(path.join(backups, 'base', first, 'keys.age'));
    expect(bytes.includes('the master key') || bytes.includes('anchoring')).to.equal(false);
  });

  it('when a block of content was changed › names it, and restores the rest when asked to', async () => {
    const [block = ''] = globSync('content/*/*/*.data', { cwd: backups });
    flip(path.join(backups, block));
    expect(await refusal(restore(at('block')))).to.include(`${block}: changed`);
    await restore(at('block'), { withoutDamaged: true });
    expect(said.join('\n')).to.include(`${block}: changed`);
    expect(globSync('*/*/*.data', { cwd: at('block', 'blocks', 'content') })).to.have.length(3);
    flip(path.join(backups, block));
  });

  it('when content is copied again › copies what the target lacks or has damaged, and nothing that is damaged itself', async () => {
    const [source, target] = [path.join(data, 'blocks', 'content'), at('contents')];
    const copy = async (isQuick = false) => {
      const { copied, damaged, listed } = await copyContents(source, target, { isQuick });
      return [copied, damaged, listed.size];
    };
    expect(await copy()).to.deep.equal([3, [], 3]);
    expect(await copy()).to.deep.equal([0, [], 3]);
    const [block = ''] = globSync('*/*/*.data', { cwd: target });
    flip(path.join(target, block));
    expect(await copy(true)).to.deep.equal([0, [], 3]);
    expect(await copy()).to.deep.equal([1, [], 3]);
    flip(path.join(source, block));
    expect(await copy()).to.deep.equal([0, [], 3]);
    rmSync(path.join(target, block));
    expect(await copy()).to.deep.equal([0, [block], 2]);
    expect(existsSync(path.join(target, block))).to.equal(false);
    flip(path.join(source, block));
    expect(await copy(true)).to.deep.equal([1, [], 3]);
  });

  it('when a key is missing › makes no backup', async () => {
    const master = path.join(data, 'keys', 'portal-master-key.json');
    rmSync(master);
    expect(await refusal(backUp())).to.include('the master key is missing');
    writeFileSync(master, 'the master key');
    expect(await refusal(backUp({ DOCUMENT_SIGNER_FILE: at('none.p12') }))).to.include('DOCUMENT_SIGNER_FILE names');
  });

  it('when only the newest is kept › removes the others, and the content and log that they needed', async () => {
    rmSync(path.join(data, 'blocks', 'content', cid), { recursive: true });
    const unfinished = path.join(backups, 'base', 'unfinished');
    mkdirSync(unfinished);
    const newest = path.basename(await backUp());
    await pruneBackups(backups, 1, say);
    expect(readdirSync(path.join(backups, 'base'))).to.deep.equal([newest]);
    expect(globSync('content/*/*/*.data', { cwd: backups })).to.deep.equal([]);
    const { clusters } = readManifest(path.join(backups, 'base', newest));
    const archive = walArchive(backups, clusters[0]?.systemIdentifier ?? '');
    const label = readFileSync(path.join(backups, 'base', newest, 'postgres', 'backup_label'), 'utf8');
    const needed = /file (\w+)/.exec(label)?.[1] ?? '';
    const kept = readdirSync(archive).filter((name) => /^[0-9A-F]{24}\.gz$/.test(name));
    expect(kept.filter((name) => name.slice(8) < `${needed.slice(8)}.gz`)).to.deep.equal([]);
    expect(existsSync(path.join(archive, '00000002.history.gz'))).to.equal(true);
    await restore(at('kept'));
  });

  it('when a server of its own archives › does it as docs/operations.md says', () => {
    const document = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'operations.md'), 'utf8');
    expect(document).to.include(`archive_command = '${archiveCommand('A')}'`);
  });

  it('when the files of the server are elsewhere and nothing can fetch them › says what is missing', async () => {
    const [found] = await serversOf([url]);
    if (!found) throw new Error('no server');
    expect(found.dataFolder).to.equal(path.join(data, 'postgres'));
    const { PATH } = process.env;
    process.env.PATH = folder;
    const elsewhere = copyCluster({ ...found, dataFolder: undefined }, folder, 'postgres-elsewhere');
    expect(await refusal(elsewhere)).to.include('there is no pg_basebackup here');
    process.env.PATH = PATH;
  });
});

function flip(file: string): void {
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}
