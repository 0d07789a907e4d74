-- The newest check of the audit chain: one row.
CREATE TABLE "audit_check" (
  "id" SMALLINT NOT NULL DEFAULT 1,
  "checked_at" TIMESTAMPTZ(3) NOT NULL,
  "rows" BIGINT NOT NULL,
  "head" BYTEA NOT NULL,
  "broken_at" BIGINT,
  CONSTRAINT "audit_check_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "audit_check_one_row" CHECK ("id" = 1)
);

-- Heads of the chain that went to the ledger, one a day, and their proofs.
CREATE TABLE "audit_head" (
  "day" DATE NOT NULL,
  "seq" BIGINT NOT NULL,
  "digest" BYTEA NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "number" BIGINT,
  "proof" BYTEA,
  "proven_at" TIMESTAMPTZ(3),
  CONSTRAINT "audit_head_pkey" PRIMARY KEY ("day"),
  CONSTRAINT "audit_head_digest_check" CHECK (octet_length("digest") = 32),
  CONSTRAINT "audit_head_proof_check" CHECK (("proof" IS NULL) = ("number" IS NULL) AND ("proof" IS NULL) = ("proven_at" IS NULL))
);
