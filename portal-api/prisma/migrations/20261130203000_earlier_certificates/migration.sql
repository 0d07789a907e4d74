-- 历史证书: certificates that another system, or a centre on paper, issued before. Nothing of them is on the chain.
CREATE TABLE "earlier_certificate" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "number_key" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "title" TEXT,
    "work_type" TEXT,
    "names_cipher" BYTEA,
    "issued_on" DATE NOT NULL,
    "file_sha256" BYTEA,
    "pdf_cipher" BYTEA,
    "content_index" BYTEA NOT NULL,
    "account_id" UUID,
    "imported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "earlier_certificate_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "earlier_certificate_digests_check"
        CHECK (octet_length("content_index") = 32 AND octet_length("file_sha256") = 32),
    CONSTRAINT "earlier_certificate_erased_check" CHECK (
        "erased_at" IS NULL AND "title" IS NOT NULL AND "names_cipher" IS NOT NULL
        OR "erased_at" IS NOT NULL
            AND num_nonnulls("title", "work_type", "names_cipher", "file_sha256", "pdf_cipher", "account_id") = 0)
);
CREATE UNIQUE INDEX "earlier_certificate_number_key_key" ON "earlier_certificate"("number_key");
CREATE INDEX "earlier_certificate_account_id_idx" ON "earlier_certificate"("account_id");

ALTER TABLE "earlier_certificate" ADD CONSTRAINT "earlier_certificate_account_id_fkey"
    FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
