// SPDX-License-Identifier: Apache-2.0
// The archive from its first file to its last. The databases refuse to write in these sessions; one page of numbers is in memory.
// The same rows at the same block give the same bytes.
import { createDb } from '../../ledger-service/src/db/database.ts';
import { openDatabase } from '../../portal-api/src/db/database.ts';
import { toHex0x } from '../../verifier/src/index.ts';
import { readOnly } from '../audit/open-sources.ts';
import { Failure } from '../processes/failure.ts';
import { type ArchiveFolder, openArchiveFolder } from './archive-folder.ts';
import { type ArchivedState, type RegistryKey, readState } from './archived-state.ts';
import { type FixedSources, writeFixedFiles } from './fixed-files.ts';
import { indexPage } from './index-page.ts';
import {
  numbersFile,
  numbersPage,
  proofFile,
  REVOCATIONS_END,
  REVOCATIONS_OPENING,
  revokedItem,
} from './number-pages.ts';
import { type ArchiveRecords, numberPages, type PublicNumber } from './public-numbers.ts';

const MEDIA_TYPE = 'application/vnd.inkseal.archive+json;v=1';
const CONNECTIONS = { maxConnections: 4 };

export interface ArchiveRequest extends FixedSources {
  readonly ledgerUrl: string;
  readonly portalUrl: string;
  readonly rpc: string;
  /** The newest one when it is left out. */
  readonly block?: bigint;
  readonly out: string;
  onPage(numbers: number): void;
}

export interface ArchiveFacts {
  readonly block: bigint;
  readonly count: number;
  readonly revoked: number;
}

/** Throws Failure, and leaves nothing, where the archive cannot be whole. */
export async function makeArchive(asked: ArchiveRequest): Promise<ArchiveFacts> {
  const ledger = createDb(readOnly(asked.ledgerUrl), CONNECTIONS);
  const portal = openDatabase(readOnly(asked.portalUrl), CONNECTIONS);
  try {
    const registry = await registryOf({ ledger, portal });
    const { trust, rpc, block } = asked;
    const state = await readState({ trust, rpc, registry, ...(block !== undefined && { block }) });
    const folder = await openArchiveFolder(asked.out);
    try {
      return await writeAll(asked, { folder, state, records: { ledger, portal } });
    } finally {
      await folder.close();
    }
  } finally {
    await Promise.all([ledger.close(), portal.close()]);
  }
}

async function registryOf({ ledger }: ArchiveRecords): Promise<RegistryKey> {
  const row = await ledger.prisma.registry.findFirst({ select: { chainId: true, address: true } });
  if (!row) throw new Failure('the ledger has no registry yet');
  return { chainId: String(row.chainId), contract: toHex0x(row.address) };
}

interface Writing {
  readonly folder: ArchiveFolder;
  readonly state: ArchivedState;
  readonly records: ArchiveRecords;
}

async function writeAll(asked: ArchiveRequest, { folder, state, records }: Writing): Promise<ArchiveFacts> {
  const fixed = await writeFixedFiles(folder, asked);
  const absence = `absence/${state.nextNumber}.absence.json`;
  await folder.write(absence, state.absence);
  const { pages, count, revoked } = await writeNumbers({ folder, state, records }, asked.onPage);
  const { block, blockHash, time, nextNumber, registry } = state;
  await folder.write('index.html', indexPage({ block, time, nextNumber, pages, count, revoked, absence, ...fixed }));
  const about = {
    mediaType: MEDIA_TYPE,
    registry,
    block: String(block),
    blockHash,
    time: new Date(Number(time) * 1_000).toISOString(),
    nextNumber: String(nextNumber),
    count,
    revoked,
    trustSha256: fixed.trustSha256,
    verifier: fixed.verifier,
  };
  await folder.write('archive.json', `${JSON.stringify(about, null, 2)}\n`);
  await folder.finish();
  return { block, count, revoked };
}

async function writeNumbers({ folder, state, records }: Writing, onPage: ArchiveRequest['onPage']) {
  const html = await folder.stream('revocations.html');
  const list = await folder.stream('revocations.jsonl');
  await html.write(REVOCATIONS_OPENING);
  const pages: bigint[] = [];
  let [count, revoked] = [0, 0];
  for await (const page of numberPages(records, state)) {
    for (const { number, bundle, revocation } of page.numbers) {
      await folder.write(proofFile(number), bundle);
      if (!revocation) continue;
      revoked += 1;
      await html.write(revokedItem(number, revocation));
      await list.write(revokedLine(number, revocation));
    }
    await folder.write(numbersFile(page.page), numbersPage(page));
    pages.push(page.page);
    count += page.numbers.length;
    onPage(count);
  }
  await html.write(REVOCATIONS_END);
  await html.end();
  await list.end();
  return { pages, count, revoked };
}

function revokedLine(number: bigint, { revokedAt, reason }: NonNullable<PublicNumber['revocation']>): string {
  const at = new Date(Number(revokedAt) * 1_000).toISOString();
  return `${JSON.stringify({ number: String(number), revokedAt: at, reason, proof: proofFile(number) })}\n`;
}
