-- 协查: courts and authorities ask for what the centre keeps about certificates. One person opens the case, another decides.
CREATE TYPE "assistance_state" AS ENUM ('REQUESTED', 'GRANTED', 'REFUSED');
CREATE TYPE "assistance_part" AS ENUM ('NAMES', 'CONTENTS', 'ORIGINALS', 'PACKAGE');

CREATE TABLE "assistance_case" (
    "id" UUID NOT NULL,
    "case_number" BIGINT NOT NULL,
    "state" "assistance_state" NOT NULL DEFAULT 'REQUESTED',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "opened_by" UUID NOT NULL,
    "authority" TEXT NOT NULL,
    "file_number" TEXT NOT NULL,
    "contact_cipher" BYTEA NOT NULL,
    "request" TEXT NOT NULL,
    "parts" "assistance_part"[] NOT NULL,
    "days" INTEGER NOT NULL,
    "secret_until" TIMESTAMPTZ(3),
    "secret_reason" TEXT,
    "decided_by" UUID,
    "decision_words" TEXT NOT NULL DEFAULT '',
    "decided_at" TIMESTAMPTZ(3),
    "open_until" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "assistance_case_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "assistance_case_parts" CHECK (cardinality("parts") > 0 AND "days" > 0),
    CONSTRAINT "assistance_case_secret" CHECK (num_nulls("secret_until", "secret_reason") <> 1),
    CONSTRAINT "assistance_case_decided" CHECK (num_nulls("decided_by", "decided_at") = CASE WHEN "state" = 'REQUESTED' THEN 2 ELSE 0 END),
    -- Whoever opened it does not decide.
    CONSTRAINT "assistance_case_decided_by_other" CHECK ("decided_by" <> "opened_by"),
    CONSTRAINT "assistance_case_open" CHECK (("open_until" IS NOT NULL) = ("state" = 'GRANTED') AND ("told_at" IS NULL OR "state" = 'GRANTED'))
);
CREATE UNIQUE INDEX "assistance_case_case_number_key" ON "assistance_case"("case_number");
CREATE INDEX "assistance_case_opened_by_idx" ON "assistance_case"("opened_by");
CREATE INDEX "assistance_case_decided_by_idx" ON "assistance_case"("decided_by");
CREATE INDEX "assistance_case_state_state_at_id_idx" ON "assistance_case"("state", "state_at", "id");

CREATE TABLE "assistance_order" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "attestation_id" UUID,
    "registration_id" UUID,

    CONSTRAINT "assistance_order_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "assistance_order_of_one" CHECK (num_nonnulls("attestation_id", "registration_id") = 1)
);
CREATE UNIQUE INDEX "assistance_order_case_id_attestation_id_key" ON "assistance_order"("case_id", "attestation_id");
CREATE UNIQUE INDEX "assistance_order_case_id_registration_id_key" ON "assistance_order"("case_id", "registration_id");
CREATE INDEX "assistance_order_attestation_id_idx" ON "assistance_order"("attestation_id");
CREATE INDEX "assistance_order_registration_id_idx" ON "assistance_order"("registration_id");

CREATE TABLE "assistance_letter" (
    "id" UUID NOT NULL,
    "case_id" UUID,
    "sent_by" UUID NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL DEFAULT '',
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "cipher" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "assistance_letter_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "assistance_letter_case_id_idx" ON "assistance_letter"("case_id");
CREATE INDEX "assistance_letter_sent_by_idx" ON "assistance_letter"("sent_by");

CREATE TABLE "assistance_disclosure" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "part" "assistance_part" NOT NULL,
    "upload_id" UUID,
    "made_by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "assistance_disclosure_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "assistance_disclosure_original" CHECK (("upload_id" IS NOT NULL) = ("part" = 'ORIGINALS'))
);
CREATE INDEX "assistance_disclosure_order_id_at_idx" ON "assistance_disclosure"("order_id", "at");
CREATE INDEX "assistance_disclosure_upload_id_idx" ON "assistance_disclosure"("upload_id");
CREATE INDEX "assistance_disclosure_made_by_idx" ON "assistance_disclosure"("made_by");

ALTER TABLE "assistance_case" ADD CONSTRAINT "assistance_case_opened_by_fkey" FOREIGN KEY ("opened_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "assistance_case" ADD CONSTRAINT "assistance_case_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "assistance_order" ADD CONSTRAINT "assistance_order_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "assistance_case"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "assistance_order" ADD CONSTRAINT "assistance_order_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "assistance_order" ADD CONSTRAINT "assistance_order_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "assistance_letter" ADD CONSTRAINT "assistance_letter_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "assistance_case"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "assistance_letter" ADD CONSTRAINT "assistance_letter_sent_by_fkey" FOREIGN KEY ("sent_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "assistance_disclosure" ADD CONSTRAINT "assistance_disclosure_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "assistance_order"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "assistance_disclosure" ADD CONSTRAINT "assistance_disclosure_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "assistance_disclosure" ADD CONSTRAINT "assistance_disclosure_made_by_fkey" FOREIGN KEY ("made_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
