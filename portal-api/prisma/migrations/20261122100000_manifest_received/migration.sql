-- When the ledger committed the entry: the time that counts for the creator.
ALTER TABLE "manifest" ADD COLUMN "received_at" TIMESTAMPTZ(3);
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_received_check" CHECK ("state" = 'BUILT' OR "received_at" IS NOT NULL);

CREATE INDEX "manifest_waiting_idx" ON "manifest"("state_at") WHERE "state" = 'ENTERED';
