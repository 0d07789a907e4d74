// SPDX-License-Identifier: Apache-2.0
// Audits: of proofs and certificates in a folder, beside the same proofs verified one by one; of the ledger's own rows; and of
// certificates that the portal issued, with all that belongs to them.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readTrustFile } from '../../ledger-service/src/proofs/index.ts';
import { eventually } from '../../test/support/eventually.ts';
import { embeddedNetwork, type LedgerFixture, ledgerFixture, steppedLedger } from '../../test/support/pipeline.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { folderSource } from '../../verifier/cli/audit/folder-source.ts';
import { performAudit } from '../../verifier/cli/audit/perform-audit.ts';
import { type AuditReport, folderStage } from '../../verifier/src/audit/index.ts';
import { encodeBundle, verifyBundle } from '../../verifier/src/index.ts';
import { attaching, makePdf, streamOf } from '../../verifier/vectors/support/pdf.ts';
import { FIRST, makeRegistryChain, type RegistryChain } from '../../verifier/vectors/support/registry-chain.ts';
import { serveRegistry } from '../../verifier/vectors/support/registry-server.ts';
import { ledgerRecords } from '../audit/ledger-records.ts';
import { openRecords } from '../audit/open-records.ts';
import type { RecordPlaces } from '../audit/open-sources.ts';
import { recordStage } from '../audit/record-stage.ts';
import { type Figure, round, timed } from './figure.ts';
import { type Issued, issueCertificates } from './issued-certificates.ts';

export interface AuditSize {
  proofs?: number;
  certificates?: number;
  entries?: number;
  /** That the portal issues: some each second. */
  issued?: number;
}

const BATCH = 500;
/** Of a certificate with its fonts. */
const PAGE_BYTES = 150_000;
/** A million proofs within ten minutes, and 10,000 certificates within three. */
const PROOFS_PER_SECOND = 1_000_000 / 600;
const CERTIFICATES_PER_SECOND = 10_000 / 180;

export async function measureAudit({
  proofs = 10_000,
  certificates = 2_000,
  entries = 50_000,
  issued = 100,
}: AuditSize = {}): Promise<Figure[]> {
  const most = Math.max(proofs, certificates);
  const chain = makeRegistryChain({ counts: Array(Math.ceil(most / BATCH)).fill(BATCH) });
  return [
    await measureProofs(chain, proofs),
    await measureCertificates(chain, certificates),
    await measureLedger(entries),
    await measureIssued(issued),
  ];
}

async function measureProofs(chain: RegistryChain, count: number): Promise<Figure> {
  const folder = path.join(temporaryFolder(), 'proofs');
  const made = numbersOf(count).map((number) => encodeBundle(chain.bundle(number)));
  write(folder, made, '.proof.json');
  const { ms, report, megabytes } = await auditFolder(chain, folder);
  requireSound(report, report.tally.proofs === count);
  const alone = made.slice(0, Math.min(count, 200));
  const aloneMs = await timed(async () => {
    for (const bytes of alone) await verifyBundle(bytes, { trust: chain.trust });
  });
  return {
    name: `audit of ${count} proofs in a folder`,
    unit: 'entries/s',
    ours: round((count / ms) * 1_000, 0),
    peer: { name: 'each verified by itself', value: round((alone.length / aloneMs) * 1_000, 0) },
    comparison: 'faster',
    target: { on: 'ratio', atLeast: 3 },
    details: { batches: chain.batches.length, proofBytes: made[0]?.length ?? 0, peakHeapMb: megabytes },
  };
}

async function measureCertificates(chain: RegistryChain, count: number): Promise<Figure> {
  const folder = path.join(temporaryFolder(), 'certificates');
  const page = streamOf('/Type /XObject', randomBytes(PAGE_BYTES));
  const made = numbersOf(count).map((number) => makePdf(attaching(encodeBundle(chain.bundle(number)), { 5: page })));
  write(folder, made, '.pdf');
  const { ms, report, megabytes } = await auditFolder(chain, folder);
  requireSound(report, report.tally.certificates === count);
  return {
    name: `audit of ${count} certificates in a folder`,
    unit: 'entries/s',
    ours: round((count / ms) * 1_000, 0),
    comparison: 'faster',
    target: { on: 'ours', atLeast: round(CERTIFICATES_PER_SECOND, 0) },
    details: { certificateBytes: made[0]?.length ?? 0, peakHeapMb: megabytes },
  };
}

/** Entries that went through the ledger's own pipeline on the embedded chain, and the audit as the operator runs it. */
async function measureLedger(entries: number): Promise<Figure> {
  const network = await embeddedNetwork();
  const fixture = await ledgerFixture(network);
  try {
    const trust = await makeFinal(fixture, entries);
    const measured = await watchHeap(() =>
      performAudit({
        ...REQUEST,
        trust,
        rpc: network.urls[0] ?? '',
        stages: [recordStage(ledgerRecords(fixture.database))],
      }),
    );
    const { ms, report, megabytes, megabytesLater } = measured;
    requireSound(report, report.tally.entries === entries);
    return {
      name: `audit of ${entries} rows and proofs of the ledger`,
      unit: 'entries/s',
      ours: round((entries / ms) * 1_000, 0),
      comparison: 'faster',
      target: { on: 'ours', atLeast: round(PROOFS_PER_SECOND, 0) },
      details: {
        seconds: round(ms / 1_000),
        batches: Number(report.chain.batches),
        peakHeapMb: megabytes,
        peakHeapMbSecondHalf: megabytesLater,
      },
    };
  } finally {
    await fixture.close();
    await network.stop();
  }
}

/** `npm run audit` of all that the operator holds: rows, proofs, pages, signatures, packages built again, manifests, originals, log. */
async function measureIssued(count: number): Promise<Figure> {
  const issued = await issueCertificates(count);
  try {
    const { ms, report, megabytes, megabytesLater } = await auditIssued(issued);
    requireSound(report, report.tally['certificate-pdfs'] === count && report.tally['package-digests'] === count);
    return {
      name: `audit of ${count} certificates that the portal issued`,
      unit: 'entries/s',
      ours: round((count / ms) * 1_000, 0),
      comparison: 'faster',
      target: { on: 'ours', atLeast: round(CERTIFICATES_PER_SECOND, 0) },
      details: {
        seconds: round(ms / 1_000),
        issuedPerSecond: round(issued.perSecond),
        ...report.tally,
        peakHeapMb: megabytes,
        peakHeapMbSecondHalf: megabytesLater,
      },
    };
  } finally {
    await issued.stop();
  }
}

async function auditIssued({ ledger, portal }: Issued) {
  const trust = Buffer.from(await (await fetch(`${ledger.url}/v1/trust`)).arrayBuffer());
  const places: RecordPlaces = {
    ledgerUrl: ledger.fixture.config.databaseUrl,
    portalUrl: portal.databaseUrl,
    keyFile: path.join(portal.dataFolder, 'keys', 'portal-master-key.json'),
    contentPlace: { kind: 'disk' },
    blocksFolder: path.join(portal.dataFolder, 'blocks'),
  };
  const records = await openRecords(places, ledger.rpcUrl);
  try {
    return await watchHeap(() => performAudit({ ...REQUEST, trust, rpc: ledger.rpcUrl, stages: records.stages }));
  } finally {
    await records.close();
  }
}

/** Answers the trust file once every entry is final. */
async function makeFinal(fixture: LedgerFixture, entries: number): Promise<Uint8Array> {
  const { ledger, advance } = await steppedLedger(fixture);
  const { pool, prisma } = fixture.database;
  await pool.query(
    `INSERT INTO entry (id, client_id, reference, kind, sha256, received_at)
     SELECT uuidv7(), $1, 'bench:' || n, 'attestation', sha256(n::text::bytea), clock_timestamp() FROM generate_series(1, $2) AS n`,
    [randomUUID(), entries],
  );
  await eventually(
    async () => {
      await advance();
      const open = await pool.query(
        "SELECT count(*)::int AS open FROM entry LEFT JOIN batch ON batch.id = batch_id WHERE state IS DISTINCT FROM 'final'",
      );
      return z.object({ open: z.int() }).parse(open.rows[0]).open === 0;
    },
    { withinMs: 300_000 + entries },
  );
  return readTrustFile(prisma, { name: 'A bench', organisations: new Map(), consensus: ledger.chain.consensus });
}

const REQUEST = { isQuiet: true, language: 'en', program: 'a bench', about: [] } as const;

async function auditFolder(chain: RegistryChain, folder: string) {
  const server = await serveRegistry(chain.node);
  try {
    const trust = Buffer.from(JSON.stringify(chain.trust));
    const stages = [folderStage(folderSource([folder]))];
    return await watchHeap(() => performAudit({ ...REQUEST, trust, rpc: server.url, stages }));
  } finally {
    server.stop();
  }
}

/** The time that an audit took, and how far the heap grew meanwhile: in all of it, and in its second half. */
async function watchHeap(run: () => Promise<AuditReport>) {
  const before = process.memoryUsage().heapUsed;
  const heaps: number[] = [before];
  const watch = setInterval(() => heaps.push(process.memoryUsage().heapUsed), 50);
  const grownMb = (seen: readonly number[]) => round((seen.reduce((a, b) => Math.max(a, b), 0) - before) / 1e6, 0);
  let report: AuditReport | undefined;
  try {
    const ms = await timed(async () => {
      report = await run();
    });
    if (!report) throw new RangeError('no report');
    const later = heaps.slice(Math.floor(heaps.length / 2));
    return { ms, report, megabytes: grownMb(heaps), megabytesLater: grownMb(later) };
  } finally {
    clearInterval(watch);
  }
}

/** A figure of an audit that found something, or left something out, would mean nothing. */
function requireSound(report: AuditReport, isComplete: boolean): void {
  if (report.verdict !== 'sound' || !isComplete) throw new RangeError(`not audited: ${JSON.stringify(report.counts)}`);
}

const numbersOf = (count: number): bigint[] => Array.from({ length: count }, (_, index) => FIRST + BigInt(index));

function write(folder: string, files: readonly Uint8Array[], ending: string): void {
  mkdirSync(folder, { recursive: true });
  files.forEach((bytes, index) => {
    writeFileSync(path.join(folder, `${String(index).padStart(7, '0')}${ending}`), bytes);
  });
}
