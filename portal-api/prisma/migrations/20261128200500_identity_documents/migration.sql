-- Which document a real name was shown with, and the review by staff of those that no checksum judges.
CREATE TYPE "identity_document" AS ENUM ('RESIDENT_ID', 'HK_MO_TW_PERMIT', 'FOREIGN_PR', 'PASSPORT');
CREATE TYPE "identity_decision" AS ENUM ('APPROVE', 'REJECT');

ALTER TABLE "identity"
    ADD COLUMN "document_type" "identity_document",
    ADD COLUMN "document_cipher" BYTEA,
    ADD COLUMN "taken_by" UUID,
    ADD COLUMN "taken_at" TIMESTAMPTZ(3);

-- The first three characters of a card's number say what card it is, and masks keep them.
UPDATE "identity" SET "document_type" = CASE
    WHEN "id_number_masked" LIKE '9%' THEN 'FOREIGN_PR'
    WHEN "id_number_masked" ~ '^8[123]' THEN 'HK_MO_TW_PERMIT'
    ELSE 'RESIDENT_ID' END::"identity_document";

ALTER TABLE "identity" ALTER COLUMN "document_type" SET NOT NULL;

CREATE TABLE "identity_review" (
    "id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "decision" "identity_decision" NOT NULL,
    "reasons" JSONB NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "identity_review_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "identity_review_identity_id_reviewer_id_key" ON "identity_review"("identity_id", "reviewer_id");
CREATE INDEX "identity_state_at_id_idx" ON "identity"("state_at", "id");
CREATE INDEX "identity_state_state_at_id_idx" ON "identity"("state", "state_at", "id");

ALTER TABLE "identity" ADD CONSTRAINT "identity_taken_by_fkey" FOREIGN KEY ("taken_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "identity_review" ADD CONSTRAINT "identity_review_identity_id_fkey" FOREIGN KEY ("identity_id") REFERENCES "identity"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "identity_review" ADD CONSTRAINT "identity_review_reviewer_id_fkey" FOREIGN KEY ("reviewer_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
