-- Batches that the chain has and a restore lost with their entries: known losses. Their numbers are never given again.

CREATE TABLE "burned_batch" (
    "id" BIGINT NOT NULL,
    "first_number" BIGINT NOT NULL,
    "count" INTEGER NOT NULL,
    "root" BYTEA NOT NULL,
    "block" BIGINT NOT NULL,
    "anchored_at" BIGINT NOT NULL,
    "final_sequence" BIGINT NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "burned_batch_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "burned_batch_count_check" CHECK ("count" BETWEEN 1 AND 1048576),
    CONSTRAINT "burned_batch_root_check" CHECK (octet_length("root") = 32),
    CONSTRAINT "burned_batch_range_excl" EXCLUDE USING gist (int8range("first_number", "first_number" + "count") WITH &&)
);

CREATE UNIQUE INDEX "burned_batch_first_number_key" ON "burned_batch"("first_number");
CREATE UNIQUE INDEX "burned_batch_root_key" ON "burned_batch"("root");
CREATE UNIQUE INDEX "burned_batch_final_sequence_key" ON "burned_batch"("final_sequence");

-- Whatever the program does, also one that read the last batch just before the loss was accepted.
CREATE FUNCTION "refuse_burned_numbers"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM "burned_batch" WHERE "id" >= NEW."id" OR "first_number" + "count" > NEW."first_number") THEN
        RAISE unique_violation USING MESSAGE = 'these numbers are burned', TABLE = 'batch', CONSTRAINT = 'batch_not_burned';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER "batch_not_burned" BEFORE INSERT ON "batch" FOR EACH ROW EXECUTE FUNCTION "refuse_burned_numbers"();
