-- Referrers that registrations named: a budget per telephone and per address, so that nobody asks which numbers have an account.
CREATE TABLE "referrer_try" (
    "id" UUID NOT NULL,
    "phone_index" BYTEA NOT NULL,
    "address_index" BYTEA NOT NULL,
    "tried_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "referrer_try_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "referrer_try_phone_index_idx" ON "referrer_try"("phone_index");
CREATE INDEX "referrer_try_address_index_idx" ON "referrer_try"("address_index");
CREATE INDEX "referrer_try_tried_at_idx" ON "referrer_try"("tried_at");
