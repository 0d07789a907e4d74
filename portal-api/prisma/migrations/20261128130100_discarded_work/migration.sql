-- The sweep looks for work that staff discarded long ago.
CREATE INDEX "outbox_discarded_at_idx" ON "outbox"("discarded_at") WHERE "discarded_at" IS NOT NULL;
