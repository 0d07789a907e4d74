// SPDX-License-Identifier: Apache-2.0
// Every key and password of a pilot on one machine, under the names that deploy/compose/compose.yml gives them.
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { computeAddress, hexlify, randomBytes } from 'ethers';
import type { Organisation } from './organisation.ts';

type Write = (name: string, text: string) => void;

/** Answers the address of the administrator, and the accounts that may send. */
export function writePilot(folder: string, organisations: readonly Organisation[], write: Write) {
  mkdirSync(path.join(folder, 'secrets'));
  const secret = (name: string, text: string) => write(`secrets/${name}`, `${text}\n`);
  for (const [index, { privateKey = '' }] of organisations.entries()) {
    const name = `validator-${index + 1}`;
    secret(`${name}.key`, privateKey);
    makeDataFolder(path.join(folder, name));
  }
  const [anchor, revoker, admin] = [newKey(), newKey(), newKey()];
  secret('anchor.key', anchor);
  secret('revoker.key', revoker);
  secret('admin.key', admin);
  // Without prefix: it is no account of the chain.
  secret('receipt.key', newKey().slice(2));
  secret('ledger-api-key', `inkseal_${token()}`);
  const password = token();
  secret('postgres-password', password);
  for (const [service, variable] of [
    ['ledger', 'LEDGER_DATABASE_URL'] as const,
    ['portal', 'PORTAL_DATABASE_URL'] as const,
  ]) {
    const url = `postgresql://inkseal:${password}@postgres:5432/${service}`;
    write(`${service}.secrets`, `${variable}=${url}\nMETRICS_TOKEN=${token()}\n`);
  }
  return { admin: computeAddress(admin), accounts: [anchor, revoker, admin].map((key) => computeAddress(key)) };
}

/** Of a node, which runs as a user of its own. */
function makeDataFolder(folder: string): void {
  mkdirSync(folder);
  chmodSync(folder, 0o777);
}

const newKey = () => hexlify(randomBytes(32));
const token = () => Buffer.from(randomBytes(32)).toString('base64url');
