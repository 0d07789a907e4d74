-- What a certificate shows to anybody, what its owner may read again, and what its package is built of.
ALTER TABLE "certificate"
    DROP COLUMN "package_cid",
    ADD COLUMN "record" JSON NOT NULL,
    ADD COLUMN "receipt_serial" SERIAL NOT NULL,
    ADD COLUMN "codes_cipher" BYTEA NOT NULL,
    ADD COLUMN "pdf_size" BIGINT,
    ADD COLUMN "pdf_key_id" TEXT,
    ADD COLUMN "pdf_wrapped_key" BYTEA,
    ADD COLUMN "package_size" BIGINT,
    ADD COLUMN "parts_cipher" BYTEA,
    ADD COLUMN "revoked_at" TIMESTAMPTZ(3),
    ADD COLUMN "revocation_reason" TEXT,
    DROP CONSTRAINT "certificate_issued_check",
    ADD CONSTRAINT "certificate_pdf_check" CHECK (num_nulls("pdf_cid", "pdf_sha256", "pdf_size", "pdf_key_id", "pdf_wrapped_key") IN (0, 5)),
    ADD CONSTRAINT "certificate_package_check" CHECK (num_nulls("package_sha256", "package_size") IN (0, 2)),
    ADD CONSTRAINT "certificate_issued_check" CHECK ("issued_at" IS NULL OR num_nulls("pdf_cid", "parts_cipher", "package_sha256") = 0),
    ADD CONSTRAINT "certificate_revoked_check" CHECK (num_nulls("revoked_at", "revocation_reason") IN (0, 2));

CREATE UNIQUE INDEX "certificate_receipt_serial_key" ON "certificate"("receipt_serial");

-- Which numbers name a file. A row for a work whose owner does not want to be found this way is not written.
CREATE TABLE "certificate_file" (
    "sha256" BYTEA NOT NULL,
    "number" BIGINT NOT NULL,

    CONSTRAINT "certificate_file_pkey" PRIMARY KEY ("sha256", "number"),
    CONSTRAINT "certificate_file_digest_check" CHECK (octet_length("sha256") = 32)
);
