-- What an organisation states of itself, version by version; who reviews it; whom it invites.
CREATE TYPE "organisation_decision" AS ENUM ('APPROVE', 'REJECT');

CREATE TYPE "invitation_state" AS ENUM ('OPEN', 'ACCEPTED', 'DECLINED', 'WITHDRAWN');

ALTER TABLE "organisation" ADD COLUMN "credit_code_index" BYTEA;
ALTER TABLE "organisation" ADD COLUMN "name_index" BYTEA;
ALTER TABLE "organisation" ADD COLUMN "verified_at" TIMESTAMPTZ(3);
ALTER TABLE "organisation" ADD COLUMN "taken_by" UUID;
ALTER TABLE "organisation" ADD COLUMN "taken_at" TIMESTAMPTZ(3);

CREATE TABLE "organisation_version" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "name_cipher" BYTEA NOT NULL,
    "name_masked" TEXT NOT NULL,
    "credit_code_cipher" BYTEA NOT NULL,
    "credit_code_index" BYTEA NOT NULL,
    "credit_code_masked" TEXT NOT NULL,
    "is_code_irregular" BOOLEAN NOT NULL,
    "phone_cipher" BYTEA NOT NULL,
    "representative_cipher" BYTEA NOT NULL,
    "email_cipher" BYTEA NOT NULL,
    "address_cipher" BYTEA NOT NULL,
    "licence_image_id" UUID NOT NULL,
    "saved_by" UUID NOT NULL,
    "consent_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "verified_at" TIMESTAMPTZ(3),
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "organisation_version_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "organisation_review" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "decision" "organisation_decision" NOT NULL,
    "reasons" JSONB NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "organisation_review_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "organisation_invitation" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "phone_cipher" BYTEA NOT NULL,
    "phone_index" BYTEA NOT NULL,
    "phone_masked" TEXT NOT NULL,
    "role" "organisation_role" NOT NULL,
    "invited_by" UUID NOT NULL,
    "state" "invitation_state" NOT NULL DEFAULT 'OPEN',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_invitation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "organisation_draft" (
    "account_id" UUID NOT NULL,
    "cipher" BYTEA NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_draft_pkey" PRIMARY KEY ("account_id")
);

CREATE INDEX "organisation_credit_code_index_idx" ON "organisation"("credit_code_index");
CREATE INDEX "organisation_name_index_idx" ON "organisation"("name_index");
CREATE UNIQUE INDEX "organisation_version_organisation_id_version_key" ON "organisation_version"("organisation_id", "version");
CREATE INDEX "organisation_version_licence_image_id_idx" ON "organisation_version"("licence_image_id");
CREATE UNIQUE INDEX "organisation_review_organisation_id_version_reviewer_id_key" ON "organisation_review"("organisation_id", "version", "reviewer_id");
CREATE INDEX "organisation_invitation_organisation_id_created_at_idx" ON "organisation_invitation"("organisation_id", "created_at");
CREATE INDEX "organisation_invitation_phone_index_idx" ON "organisation_invitation"("phone_index");
CREATE INDEX "organisation_invitation_created_at_idx" ON "organisation_invitation"("created_at");
CREATE INDEX "organisation_draft_saved_at_idx" ON "organisation_draft"("saved_at");

-- One current version of each organisation, one verified organisation of each credit code, one open invitation of each telephone.
CREATE UNIQUE INDEX "organisation_version_current_key" ON "organisation_version"("organisation_id") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "organisation_credit_code_key" ON "organisation"("credit_code_index") WHERE "state" = 'VERIFIED';
CREATE UNIQUE INDEX "organisation_invitation_open_key" ON "organisation_invitation"("organisation_id", "phone_index") WHERE "state" = 'OPEN';

ALTER TABLE "organisation" ADD CONSTRAINT "organisation_taken_by_fkey" FOREIGN KEY ("taken_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "organisation_version" ADD CONSTRAINT "organisation_version_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "organisation_version" ADD CONSTRAINT "organisation_version_licence_image_id_fkey" FOREIGN KEY ("licence_image_id") REFERENCES "private_image"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "organisation_version" ADD CONSTRAINT "organisation_version_saved_by_fkey" FOREIGN KEY ("saved_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "organisation_review" ADD CONSTRAINT "organisation_review_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "organisation_review" ADD CONSTRAINT "organisation_review_reviewer_id_fkey" FOREIGN KEY ("reviewer_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "organisation_invitation" ADD CONSTRAINT "organisation_invitation_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "organisation_invitation" ADD CONSTRAINT "organisation_invitation_invited_by_fkey" FOREIGN KEY ("invited_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "organisation_draft" ADD CONSTRAINT "organisation_draft_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
