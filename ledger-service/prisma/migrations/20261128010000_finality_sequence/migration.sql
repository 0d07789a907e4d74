-- Batches may become final in another order than their numbers: one that cannot be proven holds up nobody. So the list of
-- final entries runs by the order in which batches became final. Until now that was the order of their ids.

ALTER TABLE "batch"
    ADD COLUMN "final_sequence" BIGINT,
    ADD COLUMN "unproven_since" TIMESTAMPTZ(3),
    ADD COLUMN "proof_due_at" TIMESTAMPTZ(3);

UPDATE "batch" SET "final_sequence" = ranked.position
    FROM (SELECT "id", row_number() OVER (ORDER BY "id") AS position FROM "batch" WHERE "state" = 'final') AS ranked
    WHERE "batch"."id" = ranked."id";

CREATE UNIQUE INDEX "batch_final_sequence_key" ON "batch"("final_sequence") WHERE "final_sequence" IS NOT NULL;

ALTER TABLE "batch"
    ADD CONSTRAINT "batch_final_sequence_check" CHECK (("state" = 'final') = ("final_sequence" IS NOT NULL));
