-- 异议: somebody else than the owner objects to what a certificate says; the owner may answer, and staff decides.
CREATE TYPE "objection_state" AS ENUM ('OPEN', 'ANSWERED', 'UPHELD', 'DISMISSED', 'WITHDRAWN');
CREATE TYPE "objection_reason" AS ENUM ('OWNERSHIP', 'ORIGINALITY', 'LICENCE', 'FACTS', 'OTHER');

CREATE TABLE "objection" (
    "id" UUID NOT NULL,
    "objection_number" BIGINT NOT NULL,
    "state" "objection_state" NOT NULL DEFAULT 'OPEN',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "account_id" UUID NOT NULL,
    "organisation_id" UUID,
    "attestation_id" UUID,
    "registration_id" UUID,
    "reason" "objection_reason" NOT NULL,
    "words" TEXT NOT NULL,
    "answer_until" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "decided_by" UUID,
    "decision_words" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "objection_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "objection_of_one" CHECK (num_nonnulls("attestation_id", "registration_id") = 1),
    CONSTRAINT "objection_answered" CHECK (num_nulls("answer", "answered_at") IN (0, 2) AND ("state" <> 'ANSWERED' OR "answer" IS NOT NULL)),
    CONSTRAINT "objection_decided" CHECK (num_nulls("decided_by", "decision_words", "decided_at") = CASE WHEN "state" IN ('UPHELD', 'DISMISSED') THEN 0 ELSE 3 END)
);
CREATE UNIQUE INDEX "objection_objection_number_key" ON "objection"("objection_number");
CREATE INDEX "objection_account_id_created_at_idx" ON "objection"("account_id", "created_at");
CREATE INDEX "objection_organisation_id_created_at_idx" ON "objection"("organisation_id", "created_at");
CREATE INDEX "objection_attestation_id_idx" ON "objection"("attestation_id");
CREATE INDEX "objection_registration_id_idx" ON "objection"("registration_id");
CREATE INDEX "objection_decided_by_idx" ON "objection"("decided_by");
CREATE INDEX "objection_state_state_at_id_idx" ON "objection"("state", "state_at", "id");

CREATE TABLE "objection_file" (
    "objection_id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "objection_file_pkey" PRIMARY KEY ("objection_id", "upload_id")
);
CREATE INDEX "objection_file_upload_id_idx" ON "objection_file"("upload_id");

ALTER TABLE "objection" ADD CONSTRAINT "objection_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "objection" ADD CONSTRAINT "objection_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "objection" ADD CONSTRAINT "objection_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "objection" ADD CONSTRAINT "objection_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "objection" ADD CONSTRAINT "objection_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "objection_file" ADD CONSTRAINT "objection_file_objection_id_fkey" FOREIGN KEY ("objection_id") REFERENCES "objection"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "objection_file" ADD CONSTRAINT "objection_file_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
