// SPDX-License-Identifier: Apache-2.0
// `environment.json` of an evidence package: who operates the platform, on what it ran when the certificate was issued, and
// what nobody observed. For programs; custody.md says the same in sentences.
import { readFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { type TrustFile, VERSION } from '@inkseal/verifier';
import { z } from 'zod';
import type { ClockOffset, ClockWatch } from '../../clock/index.ts';
import { databaseVersion } from '../../db/clock.sql.ts';
import type { Database } from '../../db/database.ts';
import type { CertificateFacts } from '../facts.ts';

/** systemd-timesyncd makes this file when it has set the clock by NTP, and removes it at the next start of the machine. */
const SYNCHRONISED_MARK = '/run/systemd/timesync/synchronized';
const ownPackage = z.object({ version: z.string() });

interface InBoth {
  zh: string;
  en: string;
}

export interface Operator {
  name: InBoth;
  telephone: string;
  /** 区块链信息服务备案号. */
  filing: InBoth;
}

export interface Environment {
  operator: Operator;
  software: { portal: string; verifier: string; node: string; postgresql: string };
  contentStore: 'blocks-on-disk' | 'kubo' | 's3';
  clock: 'compared-with-ntp' | 'synchronised-by-ntp' | 'ntp-not-observed';
  /** Of the server's clock, where it was compared; milliseconds. */
  clockOffset: ClockOffset | null;
}

export interface EnvironmentSource {
  db: Database;
  operator(): Promise<Operator>;
  contentStore: Environment['contentStore'];
  clock: Pick<ClockWatch, 'offset'>;
}

export async function readEnvironment({ db, operator, contentStore, clock }: EnvironmentSource): Promise<Environment> {
  const { name, telephone, filing } = await operator();
  const clockOffset = clock.offset() ?? null;
  return {
    operator: { name, telephone, filing },
    software: {
      portal: portalVersion(),
      verifier: VERSION,
      node: process.versions.node,
      postgresql: await databaseVersion(db.prisma),
    },
    contentStore,
    clock: clockOffset ? 'compared-with-ntp' : await clockState(),
    clockOffset,
  };
}

export function environmentJson(
  { operator, software, contentStore, clock, clockOffset }: Environment,
  {
    issuedAt,
    trust,
    facts,
    malwareScan,
  }: { issuedAt: Date; trust: TrustFile; facts: CertificateFacts; malwareScan: string },
): string {
  const { chainId, contract } = facts.record.registry;
  const network = trust.networks.find((each) => each.chainId === chainId);
  const environment = {
    v: 1,
    issuedAt: issuedAt.toISOString(),
    operator,
    software,
    chain: {
      chainId,
      contract,
      consensus: network?.consensus ?? null,
      validators: network?.validatorSets.at(-1)?.validators.length ?? 0,
      timeStamps: facts.tokens,
    },
    storage: { contentStore, encryption: 'AES-256-GCM' },
    clock,
    ...(clockOffset && { clockOffset }),
    malwareScan,
  };
  return `${JSON.stringify(environment, null, 2)}\n`;
}

function portalVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return ownPackage.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

/** Another service than systemd's leaves no mark: then nothing is said of the clock. */
const clockState = (): Promise<'synchronised-by-ntp' | 'ntp-not-observed'> =>
  access(SYNCHRONISED_MARK).then(
    () => 'synchronised-by-ntp',
    () => 'ntp-not-observed',
  );
