-- A forged notification leaves its digest, its size and a sample: strangers must not fill the disk with them.
ALTER TABLE "payment_notification" ADD COLUMN "sha256" BYTEA, ADD COLUMN "size_bytes" INTEGER;
UPDATE "payment_notification" SET "sha256" = sha256("raw"), "size_bytes" = octet_length("raw"),
    "raw" = CASE WHEN "verified" THEN "raw" ELSE substring("raw" FROM 1 FOR 1024) END;
ALTER TABLE "payment_notification"
    ALTER COLUMN "sha256" SET NOT NULL,
    ALTER COLUMN "size_bytes" SET NOT NULL,
    ADD CONSTRAINT "payment_notification_digest_check" CHECK (octet_length("sha256") = 32),
    ADD CONSTRAINT "payment_notification_sample_check" CHECK ("verified" OR octet_length("raw") <= 1024);
CREATE INDEX "payment_notification_forged_idx" ON "payment_notification"("id") WHERE NOT "verified";

-- A keyed digest in place of the address. Budgets per address begin again once: nothing can be computed from the old rows here.
ALTER TABLE "sms_code" ADD COLUMN "address_index" BYTEA;
UPDATE "sms_code" SET "address_index" = decode(repeat('00', 32), 'hex');
ALTER TABLE "sms_code" ALTER COLUMN "address_index" SET NOT NULL, DROP COLUMN "ip",
    ADD CONSTRAINT "sms_code_address_check" CHECK (octet_length("address_index") = 32);
CREATE INDEX "sms_code_address_index_sent_at_idx" ON "sms_code"("address_index", "sent_at");

-- What the sweeper of src/operations/retention.ts looks for.
CREATE INDEX "sms_code_sent_at_idx" ON "sms_code"("sent_at");
CREATE INDEX "login_lock_ends_at_idx" ON "login_lock"("ends_at");
CREATE INDEX "outbox_done_idx" ON "outbox"("done_at") WHERE "done_at" IS NOT NULL;
