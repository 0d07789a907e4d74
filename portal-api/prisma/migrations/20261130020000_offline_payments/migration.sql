-- 线下收付款登记: money that moved outside any provider, by bank transfer (对公转账) or in cash (窗口现金). One person of finance
-- enters it with its 凭证, another one confirms it. A new value of a type cannot be used in the migration that adds it: text is.
ALTER TYPE "payment_channel" ADD VALUE 'transfer';
ALTER TYPE "payment_channel" ADD VALUE 'cash';

CREATE TYPE "booking_kind" AS ENUM ('PAYMENT', 'REFUND');
CREATE TYPE "booking_state" AS ENUM ('WAITING', 'CONFIRMED', 'REFUSED');

CREATE TABLE "offline_voucher" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "media_type" TEXT NOT NULL,
    "cipher" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "offline_voucher_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "offline_voucher_account_id_idx" ON "offline_voucher"("account_id");
CREATE INDEX "offline_voucher_created_at_idx" ON "offline_voucher"("created_at");
ALTER TABLE "offline_voucher" ADD CONSTRAINT "offline_voucher_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE TABLE "offline_booking" (
    "id" UUID NOT NULL,
    "kind" "booking_kind" NOT NULL,
    "attestation_id" UUID,
    "registration_id" UUID,
    "payment_id" UUID,
    "way" "payment_channel" NOT NULL,
    "amount_fen" INTEGER NOT NULL,
    "reference" TEXT NOT NULL,
    "moved_on" DATE NOT NULL,
    "payer_cipher" BYTEA,
    "voucher_id" UUID,
    "state" "booking_state" NOT NULL DEFAULT 'WAITING',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "entered_by" UUID NOT NULL,
    "decided_by" UUID,
    "words" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "offline_booking_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "offline_booking_one_order" CHECK (num_nonnulls("attestation_id", "registration_id") = 1),
    CONSTRAINT "offline_booking_amount_check" CHECK ("amount_fen" > 0),
    CONSTRAINT "offline_booking_way_check" CHECK ("way"::text IN ('transfer', 'cash')),
    CONSTRAINT "offline_booking_reference_check" CHECK ("reference" ~ '^[0-9A-Z][0-9A-Z-]{3,39}$'),
    CONSTRAINT "offline_booking_four_eyes" CHECK ("decided_by" <> "entered_by"),
    CONSTRAINT "offline_booking_decided_check" CHECK (("state" = 'WAITING') = ("decided_by" IS NULL)),
    CONSTRAINT "offline_booking_payment_check" CHECK ("kind" <> 'PAYMENT' OR ("payer_cipher" IS NOT NULL AND "voucher_id" IS NOT NULL)),
    CONSTRAINT "offline_booking_money_check" CHECK (("kind" = 'PAYMENT' AND "state" <> 'CONFIRMED') = ("payment_id" IS NULL))
);
CREATE UNIQUE INDEX "offline_booking_voucher_id_key" ON "offline_booking"("voucher_id");
CREATE INDEX "offline_booking_attestation_id_idx" ON "offline_booking"("attestation_id");
CREATE INDEX "offline_booking_registration_id_idx" ON "offline_booking"("registration_id");
CREATE INDEX "offline_booking_payment_id_idx" ON "offline_booking"("payment_id");
CREATE INDEX "offline_booking_entered_by_idx" ON "offline_booking"("entered_by");
CREATE INDEX "offline_booking_decided_by_idx" ON "offline_booking"("decided_by");
CREATE INDEX "offline_booking_state_state_at_id_idx" ON "offline_booking"("state", "state_at", "id");
-- A number of a slip counts once, unless what was entered with it was refused.
CREATE UNIQUE INDEX "offline_booking_reference_once" ON "offline_booking"("reference") WHERE "state" <> 'REFUSED';
-- One payment waits for each order, and a payment goes back once.
CREATE UNIQUE INDEX "offline_booking_attestation_open_key" ON "offline_booking"("attestation_id") WHERE "state" = 'WAITING' AND "kind" = 'PAYMENT';
CREATE UNIQUE INDEX "offline_booking_registration_open_key" ON "offline_booking"("registration_id") WHERE "state" = 'WAITING' AND "kind" = 'PAYMENT';
CREATE UNIQUE INDEX "offline_booking_refund_once" ON "offline_booking"("payment_id") WHERE "state" <> 'REFUSED' AND "kind" = 'REFUND';

ALTER TABLE "offline_booking" ADD CONSTRAINT "offline_booking_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "offline_booking" ADD CONSTRAINT "offline_booking_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "offline_booking" ADD CONSTRAINT "offline_booking_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "offline_booking" ADD CONSTRAINT "offline_booking_voucher_id_fkey" FOREIGN KEY ("voucher_id") REFERENCES "offline_voucher"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "offline_booking" ADD CONSTRAINT "offline_booking_entered_by_fkey" FOREIGN KEY ("entered_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "offline_booking" ADD CONSTRAINT "offline_booking_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
