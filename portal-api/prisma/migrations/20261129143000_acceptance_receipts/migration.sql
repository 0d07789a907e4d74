-- Acceptance receipts 受理回执: the exact bytes that the ledger gave, by when they promise the anchor, and what came of it.
CREATE TYPE "receipt_state" AS ENUM ('PROMISED', 'KEPT', 'LATE', 'BROKEN');
ALTER TABLE "manifest"
  ADD COLUMN "receipt" BYTEA,
  ADD COLUMN "receipt_anchor_by" TIMESTAMPTZ(3),
  ADD COLUMN "receipt_state" "receipt_state",
  ADD CONSTRAINT "manifest_receipt_whole" CHECK (num_nonnulls("receipt", "receipt_anchor_by", "receipt_state") IN (0, 3));
CREATE INDEX "manifest_open_receipt_idx" ON "manifest" ("receipt_anchor_by") WHERE "receipt_state" IN ('PROMISED', 'BROKEN');
