-- 受理: when the round that is reviewed was submitted, and paid where it costs something. The duty times of staff count from it.
ALTER TABLE "registration" ADD COLUMN "accepted_at" TIMESTAMPTZ(3);
UPDATE "registration" SET "accepted_at" = greatest("paid_at",
    (SELECT max("submitted_at") FROM "registration_round" WHERE "registration_id" = "registration"."id"))
WHERE "price_fen" = 0 OR "paid_at" IS NOT NULL;
ALTER TABLE "registration" ADD CONSTRAINT "registration_accepted_when_reviewed" CHECK ("state" IN ('DRAFT', 'AWAITING_PAYMENT', 'WITHDRAWN') OR "accepted_at" IS NOT NULL);
CREATE INDEX "registration_state_accepted_at_id_idx" ON "registration"("state", "accepted_at", "id");
