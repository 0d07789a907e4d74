-- Renewals: tokens over a batch's registry, root and earlier tokens, obtained before the certificates of those end.

ALTER TABLE "witness_token"
    ADD COLUMN "expires_at" TIMESTAMPTZ(3),
    ADD COLUMN "renewed_by" INTEGER;

CREATE TABLE "renewal" (
    "batch_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "authority" TEXT NOT NULL,
    "token" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "renewed_by" INTEGER,
    "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "renewal_pkey" PRIMARY KEY ("batch_id", "position"),
    CONSTRAINT "renewal_position_check" CHECK ("position" BETWEEN 1 AND 7),
    CONSTRAINT "renewal_size_check" CHECK (octet_length("token") BETWEEN 1 AND 16384)
);

CREATE INDEX "witness_token_expiry_key" ON "witness_token"("expires_at") WHERE "token" IS NOT NULL AND "renewed_by" IS NULL;
CREATE INDEX "witness_token_unrenewed_key" ON "witness_token"("stored_at") WHERE "token" IS NOT NULL AND "renewed_by" IS NULL;
CREATE INDEX "renewal_expiry_key" ON "renewal"("expires_at") WHERE "renewed_by" IS NULL;
