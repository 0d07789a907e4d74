// SPDX-License-Identifier: Apache-2.0
// Adds, lists and revokes API keys, on the database itself: who may reach that needs no key.
import { parseArgs } from 'node:util';
import { addKey, listKeys, revokeKey, SCOPES, type Scope } from './api-keys/index.ts';
import { loadDatabaseUrl } from './config.ts';
import { createDb, type Database } from './db/database.ts';
import { DomainError, StartError } from './errors.ts';

const USAGE = `usage, with LEDGER_DATABASE_URL set:
  keys-cli.ts add --client <name> --label <text> [--scopes submit,read,revoke]   prints the key, once; read alone by default
  keys-cli.ts list
  keys-cli.ts revoke <key id>`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const command = parseCommand(args);
    if (!command) {
      console.error(USAGE);
      return 2;
    }
    const database = createDb(loadDatabaseUrl());
    try {
      return await command(database);
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof DomainError || error instanceof StartError) console.error(error.message);
    else console.error(error);
    return 1;
  }
}

type Command = (database: Database) => Promise<number>;

function parseCommand(args: string[]): Command | undefined {
  const [name, ...rest] = args;
  if (name === 'list' && rest.length === 0) return list;
  if (name === 'revoke' && rest.length === 1) return ({ prisma }) => revoke(prisma, rest[0] ?? '');
  if (name !== 'add') return undefined;
  try {
    return parseAdd(rest);
  } catch {
    return undefined;
  }
}

function parseAdd(args: string[]): Command | undefined {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { client: text, label: text, scopes: { ...text, default: 'read' } } });
  const { client, label } = values;
  const scopes = values.scopes.split(',').filter(isScope);
  if (!client || !label || scopes.length !== values.scopes.split(',').length) return undefined;
  return async (database) => {
    const { id, key } = await addKey(database, { client, label, scopes });
    console.error(`created key ${id}; it is shown only once:`);
    console.log(key);
    return 0;
  };
}

async function list({ prisma }: Database): Promise<number> {
  for (const { id, client, label, scopes, createdAt, revokedAt } of await listKeys(prisma)) {
    const state = revokedAt ? `revoked ${revokedAt.toISOString()}` : 'valid';
    console.log([id, client, label, scopes.join(','), createdAt.toISOString(), state].join('\t'));
  }
  return 0;
}

async function revoke(prisma: Database['prisma'], id: string): Promise<number> {
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  if (isUuid && (await revokeKey(prisma, id))) return 0;
  console.error(`there is no valid key with the id ${id}`);
  return 1;
}

function isScope(text: string): text is Scope {
  return SCOPES.some((scope) => scope === text);
}
