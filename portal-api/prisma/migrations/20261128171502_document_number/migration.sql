-- 证单编号 is a document number; a receipt is only what the ledger will promise (受理回执).
ALTER TABLE "certificate" RENAME COLUMN "receipt_serial" TO "document_serial";
ALTER INDEX "certificate_receipt_serial_key" RENAME TO "certificate_document_serial_key";
ALTER SEQUENCE "certificate_receipt_serial_seq" RENAME TO "certificate_document_serial_seq";
