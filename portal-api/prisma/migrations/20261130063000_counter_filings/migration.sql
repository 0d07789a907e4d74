-- 窗口代办: staff submits the draft of a member who came to the counter, with the member's signed 授权委托书. Who acts is not who owns:
-- the order stays the member's, and whoever filed it never decides on it.
CREATE TABLE "counter_mandate" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "media_type" TEXT NOT NULL,
    "cipher" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "counter_mandate_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "counter_mandate_account_id_idx" ON "counter_mandate"("account_id");
CREATE INDEX "counter_mandate_created_at_idx" ON "counter_mandate"("created_at");
ALTER TABLE "counter_mandate" ADD CONSTRAINT "counter_mandate_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE TABLE "counter_filing" (
    "id" UUID NOT NULL,
    "attestation_id" UUID,
    "registration_id" UUID,
    "filed_by" UUID NOT NULL,
    "mandate_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "counter_filing_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "counter_filing_one_order" CHECK (num_nonnulls("attestation_id", "registration_id") = 1)
);
-- An order is filed once, and a 授权委托书 is for one order.
CREATE UNIQUE INDEX "counter_filing_attestation_id_key" ON "counter_filing"("attestation_id");
CREATE UNIQUE INDEX "counter_filing_registration_id_key" ON "counter_filing"("registration_id");
CREATE UNIQUE INDEX "counter_filing_mandate_id_key" ON "counter_filing"("mandate_id");
CREATE INDEX "counter_filing_filed_by_idx" ON "counter_filing"("filed_by");
CREATE INDEX "counter_filing_created_at_id_idx" ON "counter_filing"("created_at", "id");
ALTER TABLE "counter_filing" ADD CONSTRAINT "counter_filing_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "counter_filing" ADD CONSTRAINT "counter_filing_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "counter_filing" ADD CONSTRAINT "counter_filing_filed_by_fkey" FOREIGN KEY ("filed_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "counter_filing" ADD CONSTRAINT "counter_filing_mandate_id_fkey" FOREIGN KEY ("mandate_id") REFERENCES "counter_mandate"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
