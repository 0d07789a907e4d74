-- 减免: named discounts for orders of a kind within days. None is changed: an administrator ends one and makes another. An order keeps
-- the discount that it was submitted with, and what it came to; `price_fen` is what is left to pay.
CREATE TABLE "discount" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "percent_off" INTEGER,
    "fen_off" INTEGER,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "per_owner" INTEGER,
    "note" TEXT NOT NULL,
    "made_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "ended_by" UUID,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "discount_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "discount_kind_check" CHECK ("kind" IN ('attestation', 'registration')),
    CONSTRAINT "discount_one_reduction" CHECK (num_nonnulls("percent_off", "fen_off") = 1),
    CONSTRAINT "discount_percent_check" CHECK ("percent_off" BETWEEN 1 AND 100),
    CONSTRAINT "discount_fen_check" CHECK ("fen_off" > 0),
    CONSTRAINT "discount_per_owner_check" CHECK ("per_owner" > 0),
    CONSTRAINT "discount_days_check" CHECK ("from_day" <= "to_day"),
    CONSTRAINT "discount_ended_check" CHECK (("ended_by" IS NULL) = ("ended_at" IS NULL))
);
CREATE INDEX "discount_made_by_idx" ON "discount"("made_by");
CREATE INDEX "discount_ended_by_idx" ON "discount"("ended_by");
ALTER TABLE "discount" ADD CONSTRAINT "discount_made_by_fkey" FOREIGN KEY ("made_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "discount" ADD CONSTRAINT "discount_ended_by_fkey" FOREIGN KEY ("ended_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "attestation" ADD COLUMN "discount_id" UUID, ADD COLUMN "discount_fen" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_discount_id_fkey" FOREIGN KEY ("discount_id") REFERENCES "discount"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_discount_check" CHECK ("discount_fen" >= 0 AND ("discount_fen" > 0) = ("discount_id" IS NOT NULL));
CREATE INDEX "attestation_discount_id_idx" ON "attestation"("discount_id");
ALTER TABLE "registration" ADD COLUMN "discount_id" UUID, ADD COLUMN "discount_fen" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "registration" ADD CONSTRAINT "registration_discount_id_fkey" FOREIGN KEY ("discount_id") REFERENCES "discount"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "registration" ADD CONSTRAINT "registration_discount_check" CHECK ("discount_fen" >= 0 AND ("discount_fen" > 0) = ("discount_id" IS NOT NULL));
CREATE INDEX "registration_discount_id_idx" ON "registration"("discount_id");
