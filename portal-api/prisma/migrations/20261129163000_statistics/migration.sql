-- 统计报表. Where whoever deposits or applies belongs: of what was submitted before it is unknown, the data is encrypted.
ALTER TABLE "attestation" ADD COLUMN "region" TEXT, ADD CONSTRAINT "attestation_region_shape" CHECK ("region" ~ '^[0-9]{4}$');
ALTER TABLE "registration" ADD COLUMN "region" TEXT, ADD CONSTRAINT "registration_region_shape" CHECK ("region" ~ '^[0-9]{4}$');

-- What happened in a month is found without reading everything else.
CREATE INDEX "attestation_submitted_at_idx" ON "attestation"("submitted_at");
CREATE INDEX "attestation_certified_at_idx" ON "attestation"("certified_at");
CREATE INDEX "registration_submitted_at_idx" ON "registration"("submitted_at");
CREATE INDEX "registration_registered_at_idx" ON "registration"("registered_at");
CREATE INDEX "review_decided_at_idx" ON "review"("decided_at");
CREATE INDEX "registration_review_decided_at_idx" ON "registration_review"("decided_at");
CREATE INDEX "payment_paid_at_idx" ON "payment"("paid_at");
CREATE INDEX "payment_refunded_at_idx" ON "payment"("refunded_at");
