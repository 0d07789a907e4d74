-- When each round of an order was submitted. "attestation"."submitted_at" is the first submission and stays as it is.
CREATE TABLE "attestation_round" (
    "attestation_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attestation_round_pkey" PRIMARY KEY ("attestation_id","round")
);

ALTER TABLE "attestation_round" ADD CONSTRAINT "attestation_round_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Until now a resubmission overwrote the time. The audit trail has all of them.
INSERT INTO "attestation_round" ("attestation_id", "round", "submitted_at")
SELECT a."id", coalesce((t."detail"::jsonb->>'round')::int, 1), min(t."at")
  FROM "attestation" a JOIN "audit" t ON t."subject" = 'attestation:' || a."id"
 WHERE t."action" IN ('attestation.submit', 'attestation.resubmit')
 GROUP BY 1, 2;

INSERT INTO "attestation_round" ("attestation_id", "round", "submitted_at")
SELECT "id", 1, "submitted_at" FROM "attestation" WHERE "submitted_at" IS NOT NULL
ON CONFLICT DO NOTHING;

UPDATE "attestation" a SET "submitted_at" = r."submitted_at"
  FROM "attestation_round" r WHERE r."attestation_id" = a."id" AND r."round" = 1;
