// One thing that was handed in: a proof alone, in a certificate or in a package, against the chain and its witnesses.
import { ABSENCE_MEDIA_TYPE, BUNDLE_MEDIA_TYPE, BUNDLE_MEDIA_TYPE_V2, type Bundle } from '../bundle/bundle.ts';
import { mediaTypeOf, parseBundle } from '../bundle/parse.ts';
import { type ByteSource, ContainerError, type OpenedProof, openProof } from '../containers/index.ts';
import { equalBytes, fromHex, toHex } from '../encoding/bytes.ts';
import { pageNotesOf } from '../page-notes.ts';
import { RECEIPT_MEDIA_TYPE } from '../receipts/index.ts';
import type { Report } from '../report.ts';
import { verifyAbsence, verifyBundle } from '../verify.ts';
import { subjectOf } from './audit-chain.ts';
import { NodeFailure } from './audit-node.ts';
import type { AuditContext, TallyName } from './context.ts';
import type { AuditFinding } from './findings.ts';

export interface AuditItem {
  readonly name: string;
  readonly source: ByteSource;
}

/** What an item turned out to prove. */
export interface ProvenItem {
  readonly number: string;
  readonly kind: string;
  readonly sha256: string;
}

/** Names of our own files. Others may be anything, and are counted. */
const OWN_NAME = /\.(?:proof\.json(?:\.gz)?|absence\.json|receipt\.json)$/i;
const CONTAINERS: Readonly<Record<OpenedProof['container'], TallyName>> = {
  none: 'proofs',
  package: 'packages',
  certificate: 'certificates',
};

/** Judges an item and answers the number that it proves, if it proves one. */
export async function judgeItem(context: AuditContext, item: AuditItem): Promise<ProvenItem | undefined> {
  const opened = await open(context, item);
  if (!opened) return undefined;
  const type = mediaTypeOf(opened.bytes);
  if (type === ABSENCE_MEDIA_TYPE) {
    context.count('absences');
    noteReport(context, item.name, await verifyAbsence(opened.bytes, optionsOf(context, opened)));
    return undefined;
  }
  const isBundle = type === BUNDLE_MEDIA_TYPE || type === BUNDLE_MEDIA_TYPE_V2;
  if (isBundle || opened.container !== 'none' || type === RECEIPT_MEDIA_TYPE || OWN_NAME.test(item.name))
    return judgeBundle(context, item.name, opened);
  context.count('others');
  return undefined;
}

async function open({ count, findings }: AuditContext, { name, source }: AuditItem): Promise<OpenedProof | undefined> {
  try {
    return await openProof(source);
  } catch (error) {
    if (!(error instanceof ContainerError)) throw error;
    if (error.code === 'no-proof' && !OWN_NAME.test(name)) count('others');
    else findings.add({ code: 'item-unreadable', cause: error.code, subject: name, found: error.message });
    return undefined;
  }
}

/** A bundle that somebody stores: the same checks, found wanting under a code of its own. Answers the bundle that holds. */
export async function judgeStoredProof(
  context: AuditContext,
  subject: string,
  bytes: Uint8Array,
): Promise<Bundle | undefined> {
  context.count('stored-proofs');
  const { target, port, shared } = context;
  const report = await verifyBundle(bytes, { trust: target.trust, node: port, shared });
  context.newest = { bytes, report };
  if (report.error) {
    const { code: cause, detail: found } = report.error;
    context.findings.add({ code: 'stored-proof-differs', cause, subject, found });
    return undefined;
  }
  if (!noteChecks(context, { code: 'stored-proof-differs', subject }, report)) return undefined;
  const bundle = parseBundle(bytes);
  return isOfListedBatch(context, subject, bundle) ? bundle : undefined;
}

async function judgeBundle(context: AuditContext, name: string, opened: OpenedProof): Promise<ProvenItem | undefined> {
  context.count(CONTAINERS[opened.container]);
  const report = await reportOn(context, opened);
  if (opened.container === 'certificate') await judgePage(context, name, { report, opened });
  const { facts } = report;
  if (!noteReport(context, name, report) || !facts?.kind || !facts.digests) return undefined;
  if (!isOfListedBatch(context, name, parseBundle(opened.bytes))) return undefined;
  return { number: facts.number, kind: facts.kind, sha256: facts.digests.sha256 };
}

/** A certificate mostly carries the very proof that was judged just before it. */
async function reportOn(context: AuditContext, opened: OpenedProof): Promise<Report> {
  const { newest } = context;
  if (newest && !opened.contents && equalBytes(newest.bytes, opened.bytes)) return newest.report;
  return verifyBundle(opened.bytes, optionsOf(context, opened));
}

function optionsOf({ target, port, shared }: AuditContext, { contents }: OpenedProof) {
  return { trust: target.trust, node: port, shared, ...(contents && { contents }) };
}

function noteReport(context: AuditContext, subject: string, report: Report): boolean {
  const { error } = report;
  if (!error) return noteChecks(context, { code: 'proof-not-verified', subject }, report);
  context.findings.add({ code: 'item-unreadable', cause: error.code, subject, found: error.detail });
  return false;
}

/** A finding for each check that failed; whether none did. A number that was revoked is no fault of its proof. */
function noteChecks(
  { findings, count }: AuditContext,
  about: Pick<AuditFinding, 'code' | 'subject'>,
  { checks }: Report,
): boolean {
  let isWhole = true;
  for (const check of checks) {
    if (check.outcome === 'not-run' && check.reason === 'node-unreachable') throw new NodeFailure(check.detail);
    if (check.outcome !== 'failed') continue;
    if (check.code === 'revoked') {
      count('revoked');
      continue;
    }
    isWhole = false;
    const { code: cause, expected, found } = check;
    const values = { ...(expected !== undefined && { expected }), ...(found !== undefined && { found }) };
    findings.add({ ...about, cause, ...values });
  }
  return isWhole;
}

/** Whether the log has the proof's batch for its number. A proof that is newer than the audit is counted and left at that. */
function isOfListedBatch(
  { log, scope, findings, count }: AuditContext,
  subject: string,
  { statement, anchor }: Bundle,
): boolean {
  const number = BigInt(statement.number);
  if (number >= scope.nextNumber) {
    count('newer');
    return true;
  }
  const { id, root } = anchor.batch;
  const listed = log.batches.of(number);
  if (listed && toHex(listed.root) === root && String(listed.id) === id) return true;
  const expected = listed ? subjectOf(listed) : 'no batch';
  const found = subjectOf({ id: BigInt(id), root: fromHex(root) });
  findings.add({ code: 'proof-of-other-batch', subject, expected, found });
  return false;
}

const CHANGED = ['page-changed', 'page-appended', 'page-signed-by-other'] as const;

/** Only where the trust file names who signs certificates. */
async function judgePage(
  { target, findings }: AuditContext,
  subject: string,
  { report, opened }: { readonly report: Report; readonly opened: OpenedProof },
): Promise<void> {
  const notes = await pageNotesOf(report, { pdf: opened.pdf, trust: target.trust });
  const found = CHANGED.find((note) => notes.includes(note));
  if (found) findings.add({ code: 'page-changed', subject, expected: 'page-as-signed', found });
}
