// Acceptance receipts 受理回执: made, read and judged. An entry of its own, so that only they load Ed25519.
export {
  encodeReceipt,
  type Promised,
  parseReceipt,
  RECEIPT_MEDIA_TYPE,
  type Receipt,
  receiptKeyOf,
  signReceipt,
} from './receipt.ts';
export {
  RECEIPT_CHECK_NAMES,
  RECEIPT_CODES,
  RECEIPT_REASONS,
  RECEIPT_VERDICTS,
  type ReceiptCheckName,
  type ReceiptCheckResult,
  type ReceiptCode,
  type ReceiptFacts,
  type ReceiptReason,
  type ReceiptReport,
  type ReceiptVerdict,
} from './receipt-report.ts';
export { type ReceiptOptions, verifyReceipt } from './verify-receipt.ts';
