// SPDX-License-Identifier: Apache-2.0
// Where the records of the system that npm start uses are, its node, and the trust file of its ledger.
import path from 'node:path';
import { z } from 'zod';
import { contentPlaceOf, contentStoreSettings } from '../../portal-api/src/content-store-settings.ts';
import { readSettings } from '../../service-kit/src/index.ts';
import { embeddedDatabaseUrl } from '../embedded/postgres.ts';
import { Failure } from '../processes/failure.ts';
import type { Settings } from '../supervisor/settings.ts';
import type { RecordPlaces } from './open-sources.ts';

export function placesOf({ dataFolder, postgresPort, ...settings }: Settings): RecordPlaces {
  const embedded = (name: string) => embeddedDatabaseUrl({ folder: dataFolder, port: postgresPort }, name);
  const { INKSEAL_KEY_FILE } = process.env;
  return {
    ledgerUrl: settings.ledgerDatabaseUrl ?? embedded('ledger'),
    portalUrl: settings.portalDatabaseUrl ?? embedded('portal'),
    keyFile: path.resolve(INKSEAL_KEY_FILE || path.join(dataFolder, 'keys', 'portal-master-key.json')),
    contentPlace: contentPlaceOf(readSettings(z.object(contentStoreSettings), process.env)),
    blocksFolder: path.join(dataFolder, 'blocks'),
  };
}

/** Where the content is, for people. */
export function placeName({ contentPlace: place, blocksFolder }: RecordPlaces): string {
  if (place.kind === 'kubo') return place.rpcUrls.join(', ');
  return place.kind === 's3' ? `${place.endpoint ?? 's3'} ${place.bucket}` : blocksFolder;
}

export const nodeOf = ({ chain, chainPort }: Settings): string =>
  chain?.rpcUrl.split(',')[0] ?? `http://127.0.0.1:${chainPort}`;

/** What the ledger says of itself; for work that is not to rest on it, pass the file that the validators publish. */
export async function ledgerTrust({ ledgerPort }: Settings): Promise<Uint8Array> {
  const ledger = process.env.LEDGER_URL || `http://127.0.0.1:${ledgerPort}`;
  const response = await fetch(`${ledger}/v1/trust`, { signal: AbortSignal.timeout(30_000) }).catch(() => undefined);
  if (!response?.ok) throw new Failure(`no ledger answers at ${ledger}: start it, or pass a trust file with --trust`);
  return new Uint8Array(await response.arrayBuffer());
}
