-- 证据保全: while a hold stands, nothing of its orders is erased. One person asks to lift it, another decides.
CREATE TYPE "legal_hold_state" AS ENUM ('HELD', 'LIFT_ASKED', 'LIFTED');

CREATE TABLE "legal_hold" (
    "id" UUID NOT NULL,
    "hold_number" BIGINT NOT NULL,
    "state" "legal_hold_state" NOT NULL DEFAULT 'HELD',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "placed_by" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "case_id" UUID,
    "lift_asked_by" UUID,
    "lift_words" TEXT,
    "lift_asked_at" TIMESTAMPTZ(3),
    "decided_by" UUID,
    "decision_words" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "legal_hold_lift_asked" CHECK (num_nulls("lift_asked_by", "lift_words", "lift_asked_at") IN (0, 3) AND ("state" = 'HELD' OR "lift_asked_by" IS NOT NULL)),
    CONSTRAINT "legal_hold_decided" CHECK (num_nulls("decided_by", "decision_words", "decided_at") IN (0, 3) AND ("state" <> 'LIFTED' OR "decided_by" IS NOT NULL)),
    -- Two people lift it.
    CONSTRAINT "legal_hold_decided_by_other" CHECK ("decided_by" <> "lift_asked_by")
);
CREATE UNIQUE INDEX "legal_hold_hold_number_key" ON "legal_hold"("hold_number");
CREATE INDEX "legal_hold_placed_by_idx" ON "legal_hold"("placed_by");
CREATE INDEX "legal_hold_lift_asked_by_idx" ON "legal_hold"("lift_asked_by");
CREATE INDEX "legal_hold_decided_by_idx" ON "legal_hold"("decided_by");
CREATE INDEX "legal_hold_case_id_idx" ON "legal_hold"("case_id");
CREATE INDEX "legal_hold_state_state_at_id_idx" ON "legal_hold"("state", "state_at", "id");

CREATE TABLE "legal_hold_order" (
    "id" UUID NOT NULL,
    "hold_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "attestation_id" UUID,
    "registration_id" UUID,

    CONSTRAINT "legal_hold_order_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "legal_hold_order_of_one" CHECK (num_nonnulls("attestation_id", "registration_id") = 1)
);
CREATE UNIQUE INDEX "legal_hold_order_hold_id_attestation_id_key" ON "legal_hold_order"("hold_id", "attestation_id");
CREATE UNIQUE INDEX "legal_hold_order_hold_id_registration_id_key" ON "legal_hold_order"("hold_id", "registration_id");
CREATE INDEX "legal_hold_order_attestation_id_idx" ON "legal_hold_order"("attestation_id");
CREATE INDEX "legal_hold_order_registration_id_idx" ON "legal_hold_order"("registration_id");

CREATE TABLE "pending_erasure" (
    "account_id" UUID NOT NULL,
    "erases_orders" BOOLEAN NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "pending_erasure_pkey" PRIMARY KEY ("account_id")
);

ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_placed_by_fkey" FOREIGN KEY ("placed_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_lift_asked_by_fkey" FOREIGN KEY ("lift_asked_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "assistance_case"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "legal_hold_order" ADD CONSTRAINT "legal_hold_order_hold_id_fkey" FOREIGN KEY ("hold_id") REFERENCES "legal_hold"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "legal_hold_order" ADD CONSTRAINT "legal_hold_order_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "legal_hold_order" ADD CONSTRAINT "legal_hold_order_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "pending_erasure" ADD CONSTRAINT "pending_erasure_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
