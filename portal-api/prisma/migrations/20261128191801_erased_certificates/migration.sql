-- An owner who closes the account may have what their certificates disclose erased: the proof stays, PDF and parts go.
ALTER TABLE "certificate" ADD COLUMN "erased_at" TIMESTAMPTZ(3);

ALTER TABLE "certificate"
    DROP CONSTRAINT "certificate_issued_check",
    ADD CONSTRAINT "certificate_issued_check"
        CHECK ("issued_at" IS NULL OR "erased_at" IS NOT NULL OR num_nulls("pdf_cid", "parts_cipher", "package_sha256") = 0),
    ADD CONSTRAINT "certificate_erased_check" CHECK ("erased_at" IS NULL OR num_nonnulls("pdf_cid", "parts_cipher") = 0);
