// SPDX-License-Identifier: Apache-2.0
// The numbers that the public look-up answers, a page of a thousand at a time, each with the proof that it gives away: without
// manifest and sections, which the ledger does not have, with the status at the archive's block.
import type { Database as LedgerDatabase } from '../../ledger-service/src/db/database.ts';
import type { Batch, Entry } from '../../ledger-service/src/generated/prisma/client.ts';
import { readBundle } from '../../ledger-service/src/proofs/index.ts';
import { dayInChina } from '../../portal-api/src/china-time.ts';
import type { Database as PortalDatabase } from '../../portal-api/src/db/database.ts';
import { decodeRevocation, type EntryKind, toHex } from '../../verifier/src/index.ts';
import type { ArchivedState, ProvenWord } from './archived-state.ts';

/** Numbers of a page, and of a folder of proofs. */
export const PAGE_NUMBERS = 1_000n;
/** Slots that a node proves at once. */
const SLOTS = 100;
/** Proofs that are read side by side. */
const READERS = 4;

export interface ArchiveRecords {
  readonly ledger: LedgerDatabase;
  readonly portal: PortalDatabase;
}

/** What the look-up shows of a number to anybody. */
export interface PublicNumber {
  readonly number: bigint;
  readonly kind: EntryKind;
  /** Digest of the evidence manifest, hex. */
  readonly sha256: string;
  /** Seconds since 1970. */
  readonly anchoredAt: bigint;
  readonly revocation?: { readonly revokedAt: bigint; readonly reason: string };
  /** 登记号 and the day of registration in Beijing; the operator's word. */
  readonly registration?: { readonly number: string; readonly day: string };
  readonly supersededBy?: string;
  /** The exact bytes of its proof. */
  readonly bundle: Uint8Array;
}

export interface NumberPage {
  /** Names the page: its numbers divided by `PAGE_NUMBERS`. */
  readonly page: bigint;
  readonly numbers: readonly PublicNumber[];
}

/** Every page from the first number to the last that was given out by the archive's block, also one without a number. */
export async function* numberPages(records: ArchiveRecords, state: ArchivedState): AsyncGenerator<NumberPage> {
  const [first, last] = await givenOut(records, state.block);
  if (!first || !last) return;
  const end = last.firstNumber + BigInt(last.count) - 1n;
  for (let page = first.firstNumber / PAGE_NUMBERS; page <= end / PAGE_NUMBERS; page += 1n)
    yield { page, numbers: await numbersOf(records, state, page) };
}

const wasGivenOut = (block: bigint) => ({ finalSequence: { not: null }, minedBlock: { lte: block } });

function givenOut({ ledger }: ArchiveRecords, block: bigint): Promise<(Batch | null)[]> {
  const at = (firstNumber: 'asc' | 'desc') =>
    ledger.prisma.batch.findFirst({ where: wasGivenOut(block), orderBy: { firstNumber } });
  return Promise.all([at('asc'), at('desc')]);
}

async function numbersOf(records: ArchiveRecords, state: ArchivedState, page: bigint): Promise<PublicNumber[]> {
  const { prisma } = records.ledger;
  const range = { gte: page * PAGE_NUMBERS, lt: (page + 1n) * PAGE_NUMBERS };
  const entries = await prisma.entry.findMany({ where: { number: range }, orderBy: { number: 'asc' } });
  const ids = [...new Set(entries.flatMap(({ batchId }) => batchId ?? []))];
  const batches = await prisma.batch.findMany({ where: { id: { in: ids }, ...wasGivenOut(state.block) } });
  const byId = new Map(batches.map((batch) => [batch.id, batch]));
  const certificates = await certificatesOf(records, range);
  const open = entries.flatMap((entry) => {
    const batch = byId.get(entry.batchId ?? 0n);
    return batch && entry.number !== null ? [{ ...entry, number: entry.number, batch }] : [];
  });
  const found: PublicNumber[] = [];
  for (let start = 0; start < open.length; start += SLOTS) {
    const part = open.slice(start, start + SLOTS);
    const words = await state.revocations(part.map(({ number }) => number));
    const numbered = part.map((entry, place) => ({ ...entry, status: words[place] }));
    found.push(...(await sideBySide(numbered, (each) => publicNumber(records, state, { ...each, certificates }))));
  }
  return found;
}

type Certificates = Awaited<ReturnType<typeof certificatesOf>>;

interface Numbered extends Pick<Entry, 'kind' | 'sha256'> {
  readonly number: bigint;
  readonly batch: Batch;
  readonly status: ProvenWord | undefined;
  readonly certificates: Certificates;
}

async function publicNumber(
  { ledger }: ArchiveRecords,
  { block }: ArchivedState,
  { number, kind, sha256, batch, status, certificates }: Numbered,
): Promise<PublicNumber> {
  const revocation = decodeRevocation(status?.word ?? 0n);
  // A proof whose block is later than the archive's has no status of that time.
  const asOfBlock = {
    revocation: async (_number: bigint, notBelow: bigint) => (block < notBelow ? undefined : status?.proof),
  };
  return {
    number,
    kind: kind === 'audit_head' ? 'audit-head' : kind,
    sha256: toHex(sha256),
    anchoredAt: batch.anchoredAt ?? 0n,
    ...(revocation && { revocation: { revokedAt: revocation.revokedAt, reason: revocation.name ?? 'unknown' } }),
    ...certificates.get(number),
    bundle: await readBundle(ledger.prisma, number, asOfBlock),
  };
}

/** What the portal adds, of the certificates that were issued. */
async function certificatesOf({ portal }: ArchiveRecords, number: { gte: bigint; lt: bigint }) {
  const rows = await portal.prisma.certificate.findMany({
    where: { number, issuedAt: { not: null } },
    select: {
      number: true,
      supersededAt: true,
      registration: { select: { registrationNumber: true, approvedAt: true, certificateNumber: true } },
    },
  });
  return new Map(
    rows.map(({ number: issued, supersededAt, registration }) => {
      const { registrationNumber, approvedAt, certificateNumber } = registration ?? {};
      const shown = registrationNumber && approvedAt && { number: registrationNumber, day: dayInChina(approvedAt) };
      const successor = supersededAt && certificateNumber ? String(certificateNumber) : undefined;
      return [issued, { ...(shown && { registration: shown }), ...(successor && { supersededBy: successor }) }];
    }),
  );
}

/** The answers in the order of what was asked. */
async function sideBySide<Asked, Answer>(
  items: readonly Asked[],
  answer: (item: Asked) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let start = 0; start < items.length; start += READERS)
    answers.push(...(await Promise.all(items.slice(start, start + READERS).map(answer))));
  return answers;
}
