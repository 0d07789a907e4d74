-- Acceptance receipts: the keys that ever signed them, and each one that was given out. One key signs at a time.

CREATE TABLE "receipt_key" (
    "key" BYTEA NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "receipt_key_pkey" PRIMARY KEY ("key"),
    CONSTRAINT "receipt_key_size_check" CHECK (octet_length("key") = 32),
    CONSTRAINT "receipt_key_validity_check" CHECK ("valid_from" < "valid_until")
);

CREATE UNIQUE INDEX "receipt_key_signing_key" ON "receipt_key"((1)) WHERE "valid_until" IS NULL;

CREATE TABLE "receipt" (
    "number" BIGINT NOT NULL,
    "key" BYTEA NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("number")
);
