-- The ledger's first schema: tables and indexes as prisma/schema.prisma draws them, then what Prisma cannot express.
-- A number stays null until sequencing, so both indexes over it leave out what is only received.

CREATE TYPE "entry_kind" AS ENUM ('attestation', 'registration', 'submission', 'audit-head');

CREATE TYPE "batch_state" AS ENUM ('sealed', 'signed', 'sent', 'mined', 'final');

CREATE TYPE "revocation_state" AS ENUM ('pending', 'signed', 'sent', 'mined', 'final');

CREATE TYPE "transaction_purpose" AS ENUM ('deploy', 'anchor', 'revoke');

CREATE TABLE "client" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "client_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "digest" BYTEA NOT NULL,
    "label" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "registry" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "chain_id" BIGINT NOT NULL,
    "genesis_hash" BYTEA NOT NULL,
    "address" BYTEA NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "first_number" BIGINT NOT NULL,
    "deployed_block" BIGINT,
    "highest_block" BIGINT NOT NULL DEFAULT 0,
    "followed_block" BIGINT NOT NULL DEFAULT 0,
    "anchoring_halted" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "registry_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "entry" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "kind" "entry_kind" NOT NULL,
    "sha256" BYTEA NOT NULL,
    "sm3" BYTEA,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "number" BIGINT,
    "batch_id" BIGINT,
    "statement" TEXT,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "entry_reference" (
    "client_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "entry_id" UUID NOT NULL,

    CONSTRAINT "entry_reference_pkey" PRIMARY KEY ("client_id","reference")
);

CREATE TABLE "batch" (
    "id" BIGINT NOT NULL,
    "first_number" BIGINT NOT NULL,
    "count" INTEGER NOT NULL,
    "root" BYTEA NOT NULL,
    "state" "batch_state" NOT NULL,
    "not_before_block" BIGINT NOT NULL,
    "not_before_hash" BYTEA NOT NULL,
    "not_before_header" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "mined_block" BIGINT,
    "mined_block_hash" BYTEA,
    "anchored_at" BIGINT,
    "transaction_hash" BYTEA,
    "final_at" TIMESTAMPTZ(3),

    CONSTRAINT "batch_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "batch_tree" (
    "batch_id" BIGINT NOT NULL,
    "nodes" BYTEA NOT NULL,

    CONSTRAINT "batch_tree_pkey" PRIMARY KEY ("batch_id")
);

CREATE TABLE "batch_proof" (
    "batch_id" BIGINT NOT NULL,
    "block" BIGINT NOT NULL,
    "header_rlp" BYTEA NOT NULL,
    "account_proof" BYTEA[],
    "storage_proof" BYTEA[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "batch_proof_pkey" PRIMARY KEY ("batch_id")
);

CREATE TABLE "chain_account" (
    "address" BYTEA NOT NULL,
    "first_nonce" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chain_account_pkey" PRIMARY KEY ("address")
);

CREATE TABLE "chain_transaction" (
    "hash" BYTEA NOT NULL,
    "purpose" "transaction_purpose" NOT NULL,
    "subject" BIGINT NOT NULL,
    "sender" BYTEA NOT NULL,
    "nonce" BIGINT NOT NULL,
    "raw" BYTEA NOT NULL,
    "gas_price" DECIMAL(78,0) NOT NULL,
    "replaces" BYTEA,
    "signed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "failed_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "chain_transaction_pkey" PRIMARY KEY ("hash")
);

CREATE TABLE "revocation" (
    "number" BIGINT NOT NULL,
    "reason" SMALLINT NOT NULL,
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "position" BIGSERIAL NOT NULL,
    "state" "revocation_state" NOT NULL DEFAULT 'pending',
    "mined_block" BIGINT,
    "mined_block_hash" BYTEA,
    "revoked_at" BIGINT,
    "transaction_hash" BYTEA,
    "final_at" TIMESTAMPTZ(3),

    CONSTRAINT "revocation_pkey" PRIMARY KEY ("number")
);

CREATE TABLE "validator_set" (
    "from_block" BIGINT NOT NULL,
    "validators" BYTEA[],
    "header_rlp" BYTEA NOT NULL,

    CONSTRAINT "validator_set_pkey" PRIMARY KEY ("from_block")
);

CREATE UNIQUE INDEX "client_name_key" ON "client"("name");
CREATE UNIQUE INDEX "api_key_digest_key" ON "api_key"("digest");
CREATE UNIQUE INDEX "entry_number_key" ON "entry"("number") WHERE "number" IS NOT NULL;
CREATE INDEX "entry_client_id_number_idx" ON "entry"("client_id", "number") WHERE "number" IS NOT NULL;
CREATE UNIQUE INDEX "entry_client_id_sha256_key" ON "entry"("client_id", "sha256");
CREATE INDEX "entry_reference_entry_id_idx" ON "entry_reference"("entry_id");
CREATE UNIQUE INDEX "batch_first_number_key" ON "batch"("first_number");
CREATE UNIQUE INDEX "batch_root_key" ON "batch"("root");
CREATE INDEX "batch_state_idx" ON "batch"("state");
CREATE INDEX "chain_transaction_purpose_subject_idx" ON "chain_transaction"("purpose", "subject");
CREATE INDEX "chain_transaction_sender_nonce_idx" ON "chain_transaction"("sender", "nonce");
CREATE UNIQUE INDEX "revocation_position_key" ON "revocation"("position");

-- What may have to be broadcast again, and what is on its way: both stay short.
CREATE INDEX "chain_transaction_unsettled_idx" ON "chain_transaction"("sender", "nonce") WHERE "settled_at" IS NULL;
CREATE INDEX "batch_unfinished_idx" ON "batch"("id") WHERE "state" <> 'final';
CREATE INDEX "revocation_unfinished_idx" ON "revocation"("position") WHERE "state" <> 'final';

-- What waits to be sequenced, in the order of sequencing.
CREATE INDEX "entry_received_idx" ON "entry"("received_at", "id") WHERE "number" IS NULL;

-- One transaction per sender and nonce; only a replacement may share it.
CREATE UNIQUE INDEX "chain_transaction_sender_nonce_key" ON "chain_transaction"("sender", "nonce") WHERE "replaces" IS NULL;

-- Proofs read 32-byte slices out of the middle, which a compressed value would not allow.
ALTER TABLE "batch_tree" ALTER COLUMN "nodes" SET STORAGE EXTERNAL;

-- Sequencing rewrites each entry once: vacuum soon reuses the space of what was only received.
ALTER TABLE "entry" SET (autovacuum_vacuum_scale_factor = 0.05);

ALTER TABLE "api_key"
    ADD CONSTRAINT "api_key_digest_check" CHECK (octet_length("digest") = 32),
    ADD CONSTRAINT "api_key_scopes_check" CHECK ("scopes" <@ ARRAY['submit', 'read', 'revoke']);

ALTER TABLE "registry"
    ADD CONSTRAINT "registry_single_check" CHECK ("id" = 1),
    ADD CONSTRAINT "registry_number_check" CHECK ("first_number" > 0);

ALTER TABLE "entry"
    ADD CONSTRAINT "entry_digest_check" CHECK (octet_length("sha256") = 32 AND octet_length("sm3") = 32),
    ADD CONSTRAINT "entry_sequenced_check" CHECK (num_nulls("number", "batch_id", "statement") IN (0, 3));

ALTER TABLE "batch"
    ADD CONSTRAINT "batch_count_check" CHECK ("count" BETWEEN 1 AND 1048576),
    ADD CONSTRAINT "batch_root_check" CHECK (octet_length("root") = 32),
    ADD CONSTRAINT "batch_mined_check" CHECK ("state" < 'mined' OR num_nulls("mined_block", "mined_block_hash", "anchored_at") = 0),
    ADD CONSTRAINT "batch_final_check" CHECK (("state" = 'final') = ("final_at" IS NOT NULL)),
    -- No number in two batches, whatever the program does.
    ADD CONSTRAINT "batch_range_excl" EXCLUDE USING gist (int8range("first_number", "first_number" + "count") WITH &&);

ALTER TABLE "batch_tree"
    ADD CONSTRAINT "batch_tree_nodes_check" CHECK (octet_length("nodes") % 32 = 0);

ALTER TABLE "chain_transaction"
    ADD CONSTRAINT "chain_transaction_sender_check" CHECK (octet_length("sender") = 20 AND octet_length("hash") = 32),
    ADD CONSTRAINT "chain_transaction_nonce_check" CHECK ("nonce" >= 0);

ALTER TABLE "revocation"
    ADD CONSTRAINT "revocation_reason_check" CHECK ("reason" BETWEEN 1 AND 7),
    ADD CONSTRAINT "revocation_mined_check" CHECK ("state" < 'mined' OR num_nulls("mined_block", "mined_block_hash", "revoked_at") = 0),
    ADD CONSTRAINT "revocation_final_check" CHECK (("state" = 'final') = ("final_at" IS NOT NULL));
