-- 补发 and 变更: an owner asks for a new version of the certificate of a registration, and two people of staff decide.
CREATE TYPE "version_request_kind" AS ENUM ('REISSUE', 'AMENDMENT');
CREATE TYPE "version_request_state" AS ENUM ('INITIAL_REVIEW', 'FINAL_REVIEW', 'ISSUING', 'ISSUED', 'REFUSED', 'WITHDRAWN');

CREATE TABLE "version_request" (
    "id" UUID NOT NULL,
    "request_number" BIGINT NOT NULL,
    "registration_id" UUID NOT NULL,
    "asked_by" UUID NOT NULL,
    "kind" "version_request_kind" NOT NULL,
    "state" "version_request_state" NOT NULL DEFAULT 'INITIAL_REVIEW',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "reason" TEXT NOT NULL,
    "content" JSONB,
    "version" INTEGER,
    "round" INTEGER,
    "approved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "version_request_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "version_request_approved" CHECK (num_nulls("version", "round", "approved_at") = CASE WHEN "state" IN ('ISSUING', 'ISSUED') THEN 0 ELSE 3 END),
    CONSTRAINT "version_request_version" CHECK ("version" >= 2)
);
CREATE UNIQUE INDEX "version_request_request_number_key" ON "version_request"("request_number");
CREATE UNIQUE INDEX "version_request_registration_id_version_key" ON "version_request"("registration_id", "version");
CREATE UNIQUE INDEX "version_request_registration_id_round_key" ON "version_request"("registration_id", "round");
-- One at a time.
CREATE UNIQUE INDEX "version_request_open_key" ON "version_request"("registration_id") WHERE "state" IN ('INITIAL_REVIEW', 'FINAL_REVIEW', 'ISSUING');
CREATE INDEX "version_request_registration_id_created_at_idx" ON "version_request"("registration_id", "created_at");
CREATE INDEX "version_request_asked_by_idx" ON "version_request"("asked_by");
CREATE INDEX "version_request_state_state_at_id_idx" ON "version_request"("state", "state_at", "id");

CREATE TABLE "version_review" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "level" "review_level" NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "is_approved" BOOLEAN NOT NULL,
    "words" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "version_review_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "version_review_request_id_level_key" ON "version_review"("request_id", "level");
-- 初审 and 复审 by different people.
CREATE UNIQUE INDEX "version_review_request_id_reviewer_id_key" ON "version_review"("request_id", "reviewer_id");
CREATE INDEX "version_review_reviewer_id_idx" ON "version_review"("reviewer_id");

CREATE TABLE "version_request_file" (
    "request_id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "version_request_file_pkey" PRIMARY KEY ("request_id", "upload_id")
);
CREATE INDEX "version_request_file_upload_id_idx" ON "version_request_file"("upload_id");

ALTER TABLE "version_request" ADD CONSTRAINT "version_request_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "version_request" ADD CONSTRAINT "version_request_asked_by_fkey" FOREIGN KEY ("asked_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "version_review" ADD CONSTRAINT "version_review_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "version_request"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "version_review" ADD CONSTRAINT "version_review_reviewer_id_fkey" FOREIGN KEY ("reviewer_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "version_request_file" ADD CONSTRAINT "version_request_file_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "version_request"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "version_request_file" ADD CONSTRAINT "version_request_file_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- A version has an entry and a number of its own. The earlier one stays in force until the new one is issued.
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_superseded_as_issued" CHECK ("superseded_at" IS NULL OR "issued_at" IS NOT NULL);
DROP INDEX "certificate_number_version_key";
CREATE UNIQUE INDEX "certificate_number_key" ON "certificate"("number");
CREATE UNIQUE INDEX "certificate_attestation_id_version_key" ON "certificate"("attestation_id", "version");
CREATE UNIQUE INDEX "certificate_registration_id_version_key" ON "certificate"("registration_id", "version");
DROP INDEX "certificate_current_key";
DROP INDEX "certificate_registration_current_key";
CREATE UNIQUE INDEX "certificate_current_key" ON "certificate"("attestation_id") WHERE "superseded_at" IS NULL AND "issued_at" IS NOT NULL;
CREATE UNIQUE INDEX "certificate_registration_current_key" ON "certificate"("registration_id") WHERE "superseded_at" IS NULL AND "issued_at" IS NOT NULL;
