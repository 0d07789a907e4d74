-- Work that keeps failing is parked instead of being tried again without end; staff retry or discard it.
ALTER TABLE "outbox" ADD COLUMN "interrupted" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "parked_at" TIMESTAMPTZ(3),
ADD COLUMN "discarded_at" TIMESTAMPTZ(3);

ALTER TABLE "outbox" ADD CONSTRAINT "outbox_interrupted_check" CHECK ("interrupted" >= 0);
-- Only parked work is discarded, so the worker need not look at discarded_at.
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_discarded_check" CHECK ("discarded_at" IS NULL OR "parked_at" IS NOT NULL);

DROP INDEX "outbox_waiting_idx";
CREATE INDEX "outbox_waiting_idx" ON "outbox"("run_after", "id") WHERE "done_at" IS NULL AND "parked_at" IS NULL;
CREATE INDEX "outbox_parked_idx" ON "outbox"("parked_at", "id") WHERE "parked_at" IS NOT NULL AND "discarded_at" IS NULL;
