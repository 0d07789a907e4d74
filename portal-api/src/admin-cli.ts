// SPDX-License-Identifier: Apache-2.0
// Makes the first administrators, on the database itself: whoever may reach that, with the master key, needs no role. A
// password comes from the terminal or from a file that only its owner reads, never from an argument that others can list.
import { readFileSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { isMobile, normalizePhone } from './accounts/index.ts';
import { loadAdminConfig } from './config.ts';
import { readOrMakeKeyFile } from './crypto/key-file.ts';
import { createVault, type Vault } from './crypto/vault.ts';
import { type Database, openDatabase } from './db/database.ts';
import { bindMasterKeys } from './db/master-key.ts';
import { migrate } from './db/migrate.ts';
import { DomainError, StartError } from './errors.ts';
import { ADMIN_ROLES, type AdminRole, aboutAdmin, createAdmin } from './staff/index.ts';

const USAGE = `usage, with the settings of the portal (PORTAL_DATABASE_URL, INKSEAL_DATA or INKSEAL_KEY_FILE):
  create --phone <number> --role ${ADMIN_ROLES.join('|')} [--password-file <file>] [--another]

Makes an account that administers the site, or gives the role to the account that the telephone has.
  --password-file   a file of mode 0600 with the password; without it, the terminal is asked
  --another         there is an active account with this role already, and this is to be one more`;

/** Its message says all. */
class Refusal extends Error {}

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const wish = parseWish(args);
  if (!wish) {
    console.error(USAGE);
    return 2;
  }
  try {
    return await withDatabase((parts) => create(parts, wish));
  } catch (error) {
    if (error instanceof Refusal || error instanceof StartError) console.error(error.message);
    else if (error instanceof DomainError) console.error(sentenceOf(error));
    else console.error(error);
    return 1;
  }
}

interface Wish {
  phone: string;
  role: AdminRole;
  passwordFile: string | undefined;
  isAnother: boolean;
}

function parseWish([command, ...args]: string[]): Wish | undefined {
  if (command !== 'create') return undefined;
  try {
    const text = { type: 'string' } as const;
    const options = { phone: text, role: text, 'password-file': text, another: { type: 'boolean' } } as const;
    const { values } = parseArgs({ args, options });
    const phone = normalizePhone(values.phone ?? '');
    const role = ADMIN_ROLES.find((each) => each === values.role);
    if (!isMobile(phone) || !role) return undefined;
    return { phone, role, passwordFile: values['password-file'], isAnother: values.another ?? false };
  } catch {
    return undefined;
  }
}

interface Parts {
  db: Database;
  vault: Vault;
  isStrict: boolean;
}

async function withDatabase(work: (parts: Parts) => Promise<number>): Promise<number> {
  const { databaseUrl, keyFile, staff } = loadAdminConfig();
  const vault = createVault(readOrMakeKeyFile(keyFile));
  await migrate(databaseUrl);
  const db = openDatabase(databaseUrl, { maxConnections: 2 });
  try {
    await bindMasterKeys(db, vault);
    return await work({ db, vault, ...staff });
  } finally {
    await db.close();
  }
}

async function create(parts: Parts, { phone, role, passwordFile, isAnother }: Wish): Promise<number> {
  const { holders, hasAccount } = await aboutAdmin(parts.db, parts.vault, { phone, role });
  if (holders > 0 && !isAnother) {
    throw new Refusal(
      `${holders} active account(s) hold the role ${role}. A security administrator can grant it in the console; --another makes one more here`,
    );
  }
  if (hasAccount && passwordFile)
    throw new Refusal('the telephone has an account already: its password stays, leave --password-file out');
  const password = hasAccount ? undefined : await readPassword(passwordFile);
  const userNumber = await createAdmin(parts, { phone, role, password });
  console.log(`${userNumber} is ${role}${hasAccount ? ' and keeps the password of the account' : ''}`);
  return 0;
}

async function readPassword(file: string | undefined): Promise<string> {
  if (file !== undefined) return passwordIn(file);
  if (!process.stdin.isTTY) throw new Refusal('there is no terminal to ask for the password: use --password-file');
  const password = await ask('Password (three kinds of letter, digit, symbol): ');
  if ((await ask('The same again: ')) !== password) throw new Refusal('the two passwords differ');
  return password;
}

function passwordIn(file: string): string {
  const { mode } = statSync(file, { throwIfNoEntry: false }) ?? {};
  if (mode === undefined) throw new Refusal(`${file} is not there`);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Refusal(`${file} must be readable by its owner only (mode 0600)`);
  return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
}

/** What is typed is not shown. */
async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

function sentenceOf({ code, errors }: DomainError): string {
  return [code, ...errors.map(({ field, code: fault }) => `${field}: ${fault}`)].join(', ');
}
