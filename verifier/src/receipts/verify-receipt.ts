// Judges a receipt: is it the operator's promise, and was it kept? Hostile bytes in, a report out. A bundle or an absence proof of
// its number decides the second; both are verified here, under the same trust file.
import { beijingTime } from '../beijing.ts';
import { ABSENCE_MEDIA_TYPE } from '../bundle/bundle.ts';
import { mediaTypeOf } from '../bundle/parse.ts';
import { CLOCK_TOLERANCE_SECONDS, viewOf } from '../checks/chain-view.ts';
import { checkStatement } from '../checks/registry-state.ts';
import { runCheck } from '../checks/run.ts';
import type { ReadTrust } from '../facts.ts';
import { judge, type Report } from '../report.ts';
import { readInputs, requireNumbers, runOf, type TrustOptions, verifyAbsence, verifyBundle } from '../verify.ts';
import { isSigned, parseReceipt, type Receipt } from './receipt.ts';
import {
  judgeReceipt,
  type ReceiptCheckResult,
  type ReceiptFacts,
  type ReceiptOutcome,
  type ReceiptReason,
  type ReceiptReport,
  unreadableReceipt,
} from './receipt-report.ts';

export interface ReceiptOptions extends Omit<TrustOptions, 'contents'> {
  /** The bytes of a bundle or an absence proof of the receipt's number. */
  readonly proof?: Uint8Array;
}

/**
 * Verifies an acceptance receipt. Never throws on any bytes. Throws RangeError for a time that is not one.
 *
 *     const report = await verifyReceipt(bytes, { trust: trustBytes, proof: bundleBytes });
 *     if (report.verdict === 'broken') console.log(report.checks);
 */
export async function verifyReceipt(bytes: Uint8Array, options: ReceiptOptions = {}): Promise<ReceiptReport> {
  requireNumbers(options);
  const timed = { ...options, now: options.now ?? new Date() };
  return { ...(await judgeBytes(bytes, timed)), run: await runOf(bytes, timed) };
}

async function judgeBytes(
  bytes: Uint8Array,
  options: ReceiptOptions & { readonly now: Date },
): Promise<Omit<ReceiptReport, 'run'>> {
  const read = readInputs(options, () => parseReceipt(bytes));
  if ('error' in read) return unreadableReceipt(read.error);
  const { proof: receipt, trust } = read;
  const { now, node } = options;
  const proof = options.proof && (await verifyProof(options.proof, options));
  const isDue = now.getTime() > Date.parse(receipt.anchorBy);
  const view = viewOf(receipt.registry, { trust: trust.file, node });
  const registry = await runCheck('statement', () => checkStatement(view, BigInt(receipt.number)));
  const checks: ReceiptCheckResult[] = [
    { ...registry, name: 'statement' },
    { name: 'receipt-key', ...judgeKey(receipt, trust) },
    { name: 'receipt-signature', ...judgeSignature(receipt) },
    { name: 'receipt-time', ...judgeTime(receipt, now) },
    { name: 'promise', ...judgePromise(receipt, { proof, isDue, wasNodeAsked: node !== undefined }) },
  ];
  const judgement = judgeReceipt(checks, isDue);
  const anchoredAt = judgement.verdict === 'kept' ? proof?.facts?.interval?.anchoredAt : undefined;
  const facts = factsOf(receipt, trust, anchoredAt);
  return { subject: 'receipt', ...judgement, facts, checks, ...(proof && { proof }) };
}

function verifyProof(bytes: Uint8Array, { trust, node, now }: ReceiptOptions): Promise<Report> {
  const options = { ...(trust && { trust }), ...(node && { node }), ...(now && { now }) };
  const isAbsence = mediaTypeOf(bytes) === ABSENCE_MEDIA_TYPE;
  return (isAbsence ? verifyAbsence : verifyBundle)(bytes, options);
}

function judgeKey({ key, receivedAt }: Receipt, { file }: ReadTrust): ReceiptOutcome {
  if (!file) return notRun('no-trust-file', 'no trust file names the key');
  const known = file.receiptKeys?.find((candidate) => candidate.key === key);
  if (!known) {
    const expected = file.receiptKeys?.map((candidate) => candidate.key).join(', ') || 'none';
    return failed('receipt-key-unknown', 'the trust file does not name this key', { expected, found: key });
  }
  const { from, until } = known;
  if (receivedAt < from || (until !== undefined && receivedAt >= until)) {
    const expected = until === undefined ? `${from} or later` : `from ${from}, before ${until}`;
    return failed('receipt-key-not-valid', 'the key was not valid then', { expected, found: receivedAt });
  }
  return passed('the trust file names this key');
}

const judgeSignature = (receipt: Receipt): ReceiptOutcome =>
  isSigned(receipt)
    ? passed('signed by the key')
    : failed('receipt-signature-invalid', 'not signed by the key', { expected: 'a signature of the key' });

function judgeTime({ receivedAt }: Receipt, now: Date): ReceiptOutcome {
  const latest = new Date(now.getTime() + CLOCK_TOLERANCE_SECONDS * 1000).toISOString();
  if (receivedAt <= latest) return passed('not later than now');
  return failed('receipt-in-future', 'later than now', { expected: `at most ${latest}`, found: receivedAt });
}

interface Answer {
  readonly proof: Report | undefined;
  readonly isDue: boolean;
  readonly wasNodeAsked: boolean;
}

/** A proof decides whenever it does; where it does not, or there is none, the time says what to call that. */
function judgePromise(receipt: Receipt, { proof, isDue, wasNodeAsked }: Answer): ReceiptOutcome {
  if (!proof) {
    return isDue
      ? notRun('promise-without-proof', 'needs a proof of the number')
      : notRun('promise-not-due', `need not be anchored before ${receipt.anchorBy}`);
  }
  if (!isVerified(proof, wasNodeAsked)) return notRun('proof-not-verified', 'the proof is not verified');
  const { registry, number } = proof.facts ?? {};
  const { chainId, contract } = receipt.registry;
  if (registry?.chainId !== chainId || registry.contract !== contract || number !== receipt.number) {
    return notRun('proof-unrelated', 'the proof is about another number');
  }
  return proof.subject === 'absence' ? judgeAbsence(receipt, proof) : judgeContent(receipt, proof);
}

/** A revoked number was anchored all the same, so check 12 does not count. */
const isVerified = ({ checks }: Report, wasNodeAsked: boolean): boolean =>
  judge(
    checks.filter(({ name }) => name !== 'status'),
    wasNodeAsked,
  ).verdict === 'verified';

function judgeAbsence({ anchorBy }: Receipt, { facts }: Report): ReceiptOutcome {
  const found = facts?.block?.time ?? '';
  const expected = `a block of ${anchorBy} or earlier`;
  if (Date.parse(found) <= Date.parse(anchorBy)) return notRun('absence-too-early', 'the block is not after anchorBy');
  return failed('promise-number-absent', 'the number was not issued in time', { expected, found });
}

function judgeContent({ kind, sha256 }: Receipt, { facts }: Report): ReceiptOutcome {
  const expected = `${kind} ${sha256}`;
  const found = `${facts?.kind} ${facts?.digests?.sha256}`;
  if (found !== expected) {
    return failed('promise-content-differs', 'the number stands for something else', { expected, found });
  }
  return { ...passed('the number is on the chain, with what was promised'), expected, found };
}

function factsOf(
  { mediaType, signature, ...stated }: Receipt,
  { file, sha256 }: ReadTrust,
  anchoredAt: string | undefined,
): ReceiptFacts {
  const { receivedAt, anchorBy } = stated;
  const times = { receivedAt, anchorBy, ...(anchoredAt !== undefined && { anchoredAt }) };
  return {
    ...stated,
    ...(anchoredAt !== undefined && { anchoredAt, isLate: anchoredAt > anchorBy }),
    ...(file && { trustFile: { name: file.name, ...(sha256 !== undefined && { sha256 }) } }),
    beijing: Object.fromEntries(Object.entries(times).map(([name, time]) => [name, beijingTime(time)])),
  };
}

const passed = (detail: string): ReceiptOutcome => ({ outcome: 'passed', detail });

const notRun = (reason: ReceiptReason | 'no-trust-file', detail: string): ReceiptOutcome => ({
  outcome: 'not-run',
  reason,
  detail,
});

const failed = (
  code: Extract<ReceiptOutcome, { outcome: 'failed' }>['code'],
  detail: string,
  comparison: { readonly expected: string; readonly found?: string },
): ReceiptOutcome => ({ outcome: 'failed', code, detail, ...comparison });
