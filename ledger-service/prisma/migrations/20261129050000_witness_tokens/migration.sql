-- Tokens of time-stamping authorities over the roots of batches. A batch that is final on the chain may lack a required witness:
-- then it has no place in the list of final entries yet.

CREATE TABLE "witness_token" (
    "batch_id" BIGINT NOT NULL,
    "authority" TEXT NOT NULL,
    "token" BYTEA,
    "stored_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "witness_token_pkey" PRIMARY KEY ("batch_id", "authority"),
    CONSTRAINT "witness_token_stored_check" CHECK (("token" IS NULL) = ("stored_at" IS NULL)),
    CONSTRAINT "witness_token_size_check" CHECK (octet_length("token") BETWEEN 1 AND 16384)
);

CREATE INDEX "witness_token_missing_key" ON "witness_token"("authority", "due_at") WHERE "token" IS NULL;

ALTER TABLE "batch"
    DROP CONSTRAINT "batch_final_sequence_check",
    ADD CONSTRAINT "batch_final_sequence_check" CHECK ("state" = 'final' OR "final_sequence" IS NULL);

CREATE INDEX "batch_without_sequence_key" ON "batch"("id") WHERE "final_sequence" IS NULL;
