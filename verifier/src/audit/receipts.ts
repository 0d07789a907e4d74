// The acceptance receipts that were handed in: who signed them, and what became of what they promise.
import { BundleFormatError } from '../errors.ts';
import { parseReceipt, type Receipt, verifyReceipt } from '../receipts/index.ts';
import { formatSeconds } from '../report.ts';
import type { AuditContext } from './context.ts';
import type { ProvenItem } from './judge-item.ts';

/** A receipt that its key signed, and the name of the item that it is. */
export interface HeldReceipt {
  readonly name: string;
  readonly receipt: Receipt;
}

/** Bytes: the longest receipt is shorter, and any proof longer. */
export const MAX_RECEIPT_SIZE = 2_048;

/** The receipt in these bytes; undefined where they are something else. */
export function readReceipt(bytes: Uint8Array): Receipt | undefined {
  try {
    return parseReceipt(bytes);
  } catch (error) {
    if (error instanceof BundleFormatError) return undefined;
    throw error;
  }
}

/** Whether the receipt is one of ours; a finding where it is not. */
export async function isOurReceipt(
  { target, findings }: AuditContext,
  name: string,
  bytes: Uint8Array,
): Promise<boolean> {
  const { checks } = await verifyReceipt(bytes, { trust: target.trust });
  const failed = checks.filter((check) => check.outcome === 'failed');
  for (const check of failed) {
    if (check.outcome !== 'failed') continue;
    findings.add({
      code: 'receipt-not-verified',
      cause: check.code,
      subject: name,
      ...(check.expected !== undefined && { expected: check.expected }),
      ...(check.found !== undefined && { found: check.found }),
    });
  }
  return failed.length === 0;
}

/** Compares a receipt with what its number was proven to stand for. */
export async function decideReceipt(context: AuditContext, held: HeldReceipt, proven: ProvenItem): Promise<void> {
  const { receipt, name } = held;
  const expected = `${receipt.kind} ${receipt.sha256}`;
  const found = `${proven.kind} ${proven.sha256}`;
  if (found !== expected) {
    const cause = 'promise-content-differs';
    context.findings.add({ code: 'receipt-broken', cause, subject: name, expected, found });
    return;
  }
  const batch = context.log.batches.of(BigInt(receipt.number));
  const anchoredAt = batch && (await context.state.header(batch.block)).timestamp;
  const isLate = anchoredAt !== undefined && Number(anchoredAt) * 1000 > Date.parse(receipt.anchorBy);
  context.count(isLate ? 'receipts-late' : 'receipts-kept');
}

/** A receipt whose number no proof has shown: the chain decides where it was never issued. */
export function settleReceipt({ scope, findings, count }: AuditContext, { receipt, name }: HeldReceipt): void {
  const number = BigInt(receipt.number);
  const isIssued = number >= scope.firstNumber && number < scope.nextNumber;
  const through = formatSeconds(scope.throughTime);
  if (isIssued || through <= receipt.anchorBy) {
    count(isIssued ? 'receipts-undecided' : 'receipts-pending');
    return;
  }
  findings.add({
    code: 'receipt-broken',
    cause: 'promise-number-absent',
    subject: name,
    expected: `number ${number} by ${receipt.anchorBy}`,
    found: `not issued at ${through}`,
  });
}
