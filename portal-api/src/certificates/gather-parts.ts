// SPDX-License-Identifier: Apache-2.0
// Reads what the parts of a package are made from, once: what is stored then never changes.
import { parseBundle, parseTrustFile, timeStampsOf } from '@inkseal/verifier';
import { ownerLines, processLines } from '../audit/index.ts';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { orderIdOf, orderKindOf } from '../orders/index.ts';
import { identityRecordOf } from '../parties/index.ts';
import type { ContentStore } from '../storage/content-store.ts';
import type { ReceivedUpload } from '../uploads/index.ts';
import type { CertificateRow, PackageParts } from './certificates.store.ts';
import type { CertifiedOrdersByKind } from './certified-orders.ts';
import type { DossierFacts } from './dossier/dossier-facts.ts';
import type { Environment } from './dossier/environment.ts';
import type { CertificateFacts } from './facts.ts';
import { listed } from './package-lists.ts';
import { makeParts } from './package-parts.ts';
import { listedDocuments } from './read-sections.ts';

/** The kind of document that the section of files lists too. */
const SAMPLE = 'SAMPLE';

export interface GatherParts {
  db: Database;
  store: ContentStore;
  orders: CertifiedOrdersByKind;
  /** The operator's trust file. */
  trust(): Promise<Uint8Array>;
  /** Of the platform, as it is now. */
  environment(): Promise<Environment>;
  /** Path of the built offline verifier. */
  verifyPage: string;
  /** Paths of the court's guide, in each language. */
  courtGuides: readonly string[];
  /** Bytes of originals in one package. Below 4 GiB, so that the plain zip format holds it. */
  packageLimitBytes: number;
}

interface IssuedCertificate {
  row: CertificateRow;
  facts: CertificateFacts;
  bundle: Uint8Array;
  pdf: Uint8Array;
  isDevelopment: boolean;
  signer: DossierFacts['signer'];
}

export async function gatherParts(parts: GatherParts, issued: IssuedCertificate): Promise<PackageParts> {
  const { db, orders, store, verifyPage, courtGuides, packageLimitBytes, environment, trust } = parts;
  const { row, facts, bundle, pdf, isDevelopment, signer } = issued;
  const proof = parseBundle(bundle);
  const { sections = [] } = proof;
  const provenance = await orders[orderKindOf(row.order)].provenanceOf(db.prisma, orderIdOf(row.order));
  const { originals, documents, owner, subjects, begunAt: since } = provenance;
  const papers = listedDocuments(sections).filter(({ kind }) => kind !== SAMPLE);
  return makeParts({
    store,
    verifyPage,
    courtGuides,
    files: facts.files.map((file) => withUpload(file, originals)),
    documents: papers.map((file) => withUpload(file, documents)),
    issued: [listed('certificate.pdf', pdf), listed(`${row.number}.proof.json`, bundle)],
    timeStamps: timeStampsOf(proof),
    readme: {
      facts,
      documentNumber: row.documentNumber,
      isDevelopment,
      signer,
      sections,
      issuedAt: row.createdAt,
      trust: parseTrustFile(await trust()),
      environment: await environment(),
      received: [...originals, ...documents],
      processLog: await processLines(db.prisma, subjects),
      identity: await identityRecordOf(db.prisma, owner, submittedAt(facts)),
      ownerTrail: await ownerLines(db.prisma, { owner, since }),
    },
    limitBytes: packageLimitBytes,
  });
}

/** When the owner submitted what is on record, as the operator states it. */
const submittedAt = (facts: CertificateFacts): Date =>
  new Date('submission' in facts && facts.submission ? facts.submission.receivedAt : facts.record.receivedAt);

function withUpload<File extends { sha256: string }>(file: File, uploads: readonly ReceivedUpload[]) {
  const found = uploads.find(({ sha256 }) => sha256 === file.sha256);
  if (!found) throw new DomainError('internal', { reason: 'original-unknown' });
  return { ...file, uploadId: found.uploadId, sm3: found.sm3 };
}
