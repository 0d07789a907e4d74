// SPDX-License-Identifier: Apache-2.0
// What the nodes of a network share (genesis, peers, permissions), and what the ledger has to know of it.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../processes/failure.ts';
import { genesisOf } from './genesis.ts';
import type { Organisation } from './organisation.ts';
import { writePilot } from './write-pilot.ts';

/** Fewer cannot do without one of them. */
const LEAST_VALIDATORS = 4;

interface NetworkOptions {
  folder: string;
  organisations: readonly Organisation[];
  /** That may send, beside those of a pilot. */
  accounts?: readonly string[];
  chainId: number;
  blockSeconds: number;
  isPilot: boolean;
}

export function writeNetwork({
  folder,
  organisations,
  accounts = [],
  chainId,
  blockSeconds,
  isPilot,
}: NetworkOptions): void {
  const addresses = organisations.map(({ address }) => address);
  if (addresses.length < LEAST_VALIDATORS) throw new Failure(`a network needs ${LEAST_VALIDATORS} validators or more`);
  if (new Set(addresses).size < addresses.length) throw new Failure('two organisations have the same key');
  if (existsSync(folder)) throw new Failure(`${folder} exists`);
  // Whoever may not enter the folder reads nothing in it; containers, each with another user, get single files of it.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text, { mode: 0o444 });
  const pilot = isPilot ? writePilot(folder, organisations, write) : undefined;

  const enodes = organisations.map(({ enode }) => enode);
  write('genesis.json', toJson(genesisOf({ addresses, chainId, blockSeconds })));
  write('static-nodes.json', toJson(enodes));
  write('permissions.toml', permissions(enodes, [...(pilot?.accounts ?? []), ...accounts]));
  const names = Object.fromEntries(organisations.map(({ address, name }) => [address, name]));
  const settings = [
    'CHAIN_PROFILE=permissioned',
    `CHAIN_ID=${chainId}`,
    ...(pilot ? [`ADMIN_ADDRESS=${pilot.admin}`] : []),
    `TRUST_ORGANISATIONS='${JSON.stringify(names)}'`,
  ];
  write('ledger.env', settings.map((line) => `${line}\n`).join(''));
}

const toJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** Which nodes may connect, and which accounts may send: nobody else, on a network where transactions cost nothing. */
function permissions(enodes: readonly string[], accounts: readonly string[]): string {
  return `nodes-allowlist=${JSON.stringify(enodes)}\naccounts-allowlist=${JSON.stringify(accounts)}\n`;
}
