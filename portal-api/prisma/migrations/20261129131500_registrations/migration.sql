-- 版权登记: registrations beside attestations. Manifests, payments and certificates belong to one or the other.
CREATE TYPE "registration_state" AS ENUM ('DRAFT', 'AWAITING_PAYMENT', 'INITIAL_REVIEW', 'INITIAL_RETURNED', 'FINAL_REVIEW', 'FINAL_RETURNED', 'REGISTERING', 'REGISTERED', 'NOT_REGISTERED', 'WITHDRAWN', 'REVOKED');
CREATE TYPE "review_level" AS ENUM ('INITIAL', 'FINAL');
ALTER TYPE "manifest_purpose" ADD VALUE 'registration';

CREATE TABLE "registration" (
    "id" UUID NOT NULL,
    "order_number" BIGINT NOT NULL,
    "account_id" UUID NOT NULL,
    "organisation_id" UUID,
    "work_id" UUID NOT NULL,
    "state" "registration_state" NOT NULL DEFAULT 'DRAFT',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "round" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 1,
    "form" JSONB NOT NULL,
    "frozen" JSONB,
    "price_fen" INTEGER,
    "waived_by_payment_id" UUID,
    "registration_number" TEXT,
    "certificate_number" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "submitted_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "approved_at" TIMESTAMPTZ(3),
    "registered_at" TIMESTAMPTZ(3),
    "reminded_days" INTEGER,

    CONSTRAINT "registration_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "registration_price_whole" CHECK ("price_fen" >= 0),
    CONSTRAINT "registration_waiver_free" CHECK ("waived_by_payment_id" IS NULL OR "price_fen" = 0),
    CONSTRAINT "registration_frozen_when_submitted" CHECK ("state" = 'DRAFT' OR ("frozen" IS NOT NULL AND "submitted_at" IS NOT NULL AND "price_fen" IS NOT NULL)),
    CONSTRAINT "registration_numbered_when_approved" CHECK (("state" IN ('REGISTERING', 'REGISTERED', 'REVOKED')) = ("registration_number" IS NOT NULL)),
    CONSTRAINT "registration_certified" CHECK ("state" NOT IN ('REGISTERED', 'REVOKED') OR "certificate_number" IS NOT NULL)
);
CREATE UNIQUE INDEX "registration_order_number_key" ON "registration"("order_number");
CREATE UNIQUE INDEX "registration_registration_number_key" ON "registration"("registration_number");
CREATE UNIQUE INDEX "registration_certificate_number_key" ON "registration"("certificate_number");
CREATE INDEX "registration_account_id_created_at_id_idx" ON "registration"("account_id", "created_at", "id");
CREATE INDEX "registration_organisation_id_created_at_id_idx" ON "registration"("organisation_id", "created_at", "id");
CREATE INDEX "registration_state_state_at_idx" ON "registration"("state", "state_at");
CREATE INDEX "registration_created_at_id_idx" ON "registration"("created_at", "id");
CREATE INDEX "registration_state_at_id_idx" ON "registration"("state_at", "id");
CREATE INDEX "registration_work_id_idx" ON "registration"("work_id");
CREATE INDEX "registration_waived_by_payment_id_idx" ON "registration"("waived_by_payment_id");
-- A work is registered once, by one application at a time.
CREATE UNIQUE INDEX "registration_work_once" ON "registration"("work_id") WHERE "state" NOT IN ('NOT_REGISTERED', 'WITHDRAWN', 'REVOKED');

CREATE TABLE "registration_round" (
    "registration_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registration_round_pkey" PRIMARY KEY ("registration_id","round")
);

CREATE TABLE "registration_file" (
    "registration_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "upload_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "registration_file_pkey" PRIMARY KEY ("registration_id","kind","upload_id")
);
CREATE INDEX "registration_file_upload_id_idx" ON "registration_file"("upload_id");

CREATE TABLE "registration_review" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "level" "review_level" NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "decision" "review_decision" NOT NULL,
    "reasons" JSONB NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "registration_review_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "registration_review_registration_id_round_level_key" ON "registration_review"("registration_id", "round", "level");
CREATE INDEX "registration_review_reviewer_id_idx" ON "registration_review"("reviewer_id");

CREATE TABLE "registration_sequence" (
    "prefix" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "letter" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "registration_sequence_pkey" PRIMARY KEY ("prefix","year","letter")
);

ALTER TABLE "registration" ADD CONSTRAINT "registration_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "registration" ADD CONSTRAINT "registration_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "registration" ADD CONSTRAINT "registration_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "registration" ADD CONSTRAINT "registration_waived_by_payment_id_fkey" FOREIGN KEY ("waived_by_payment_id") REFERENCES "payment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "registration_round" ADD CONSTRAINT "registration_round_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "registration_file" ADD CONSTRAINT "registration_file_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "registration_file" ADD CONSTRAINT "registration_file_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "registration_review" ADD CONSTRAINT "registration_review_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "registration_review" ADD CONSTRAINT "registration_review_reviewer_id_fkey" FOREIGN KEY ("reviewer_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "manifest" ALTER COLUMN "attestation_id" DROP NOT NULL, ADD COLUMN "registration_id" UUID;
ALTER TABLE "payment" ALTER COLUMN "attestation_id" DROP NOT NULL, ADD COLUMN "registration_id" UUID;
ALTER TABLE "certificate" ALTER COLUMN "attestation_id" DROP NOT NULL, ADD COLUMN "registration_id" UUID;
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_one_order" CHECK (num_nonnulls("attestation_id", "registration_id") = 1);
ALTER TABLE "payment" ADD CONSTRAINT "payment_one_order" CHECK (num_nonnulls("attestation_id", "registration_id") = 1);
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_one_order" CHECK (num_nonnulls("attestation_id", "registration_id") = 1);
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "payment" ADD CONSTRAINT "payment_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
CREATE UNIQUE INDEX "manifest_registration_id_purpose_round_key" ON "manifest"("registration_id", "purpose", "round");
CREATE INDEX "payment_registration_id_created_at_idx" ON "payment"("registration_id", "created_at");
-- As of attestations: one code to scan, one payment that counts, one certificate.
CREATE UNIQUE INDEX "payment_registration_open_key" ON "payment"("registration_id") WHERE "state" IN ('CREATED', 'WAITING');
CREATE UNIQUE INDEX "payment_registration_paid_key" ON "payment"("registration_id") WHERE "state" = 'PAID';
CREATE UNIQUE INDEX "payment_registration_settles_once" ON "payment"("registration_id") WHERE "settles_order";
CREATE UNIQUE INDEX "certificate_registration_current_key" ON "certificate"("registration_id") WHERE "superseded_at" IS NULL;
