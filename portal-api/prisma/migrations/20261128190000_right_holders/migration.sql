-- 人员档案: right holders, each with its versions; and forms that were left unfinished.
ALTER TYPE "image_purpose" ADD VALUE 'HOLDER_FRONT';
ALTER TYPE "image_purpose" ADD VALUE 'HOLDER_BACK';
ALTER TYPE "image_purpose" ADD VALUE 'HOLDER_LICENCE';
ALTER TYPE "image_purpose" ADD VALUE 'HOLDER_PERMIT';

CREATE TYPE "holder_role" AS ENUM ('OWNER', 'AUTHOR');

CREATE TYPE "document_type" AS ENUM ('RESIDENT_ID', 'HK_MO_TW_PERMIT', 'FOREIGN_PR', 'PASSPORT', 'BUSINESS_LICENCE', 'INSTITUTION_CERT', 'SOCIAL_ORG_CERT');

CREATE TABLE "right_holder" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "organisation_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "number_index" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "right_holder_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "right_holder_index_check" CHECK (octet_length("number_index") = 32)
);

CREATE TABLE "right_holder_version" (
    "id" UUID NOT NULL,
    "right_holder_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "nature" "identity_nature" NOT NULL,
    "document_type" "document_type" NOT NULL,
    "roles" "holder_role"[] NOT NULL,
    "name_masked" TEXT NOT NULL,
    "number_masked" TEXT NOT NULL,
    "valid_until" DATE,
    "content_cipher" BYTEA NOT NULL,
    "is_self" BOOLEAN NOT NULL,
    "identity_id" UUID,
    "front_image_id" UUID,
    "back_image_id" UUID,
    "licence_image_id" UUID,
    "permit_image_id" UUID,
    "declaration" TEXT,
    "saved_by" UUID NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "right_holder_version_pkey" PRIMARY KEY ("id"),
    -- Data of third persons never without the declaration of authority.
    CONSTRAINT "right_holder_version_declaration_check" CHECK ("is_self" OR "declaration" IS NOT NULL),
    CONSTRAINT "right_holder_version_roles_check" CHECK (cardinality("roles") > 0)
);

CREATE TABLE "right_holder_draft" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "cipher" BYTEA NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "right_holder_draft_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "right_holder_number_index_key" ON "right_holder"("number_index");
CREATE INDEX "right_holder_account_id_created_at_id_idx" ON "right_holder"("account_id", "created_at", "id");
CREATE INDEX "right_holder_organisation_id_created_at_id_idx" ON "right_holder"("organisation_id", "created_at", "id");
CREATE UNIQUE INDEX "right_holder_version_right_holder_id_version_key" ON "right_holder_version"("right_holder_id", "version");
CREATE UNIQUE INDEX "right_holder_version_current_key" ON "right_holder_version"("right_holder_id") WHERE "superseded_at" IS NULL;
CREATE INDEX "right_holder_version_front_image_id_idx" ON "right_holder_version"("front_image_id");
CREATE INDEX "right_holder_version_back_image_id_idx" ON "right_holder_version"("back_image_id");
CREATE INDEX "right_holder_version_licence_image_id_idx" ON "right_holder_version"("licence_image_id");
CREATE INDEX "right_holder_version_permit_image_id_idx" ON "right_holder_version"("permit_image_id");
CREATE UNIQUE INDEX "right_holder_draft_account_id_subject_id_key" ON "right_holder_draft"("account_id", "subject_id");
CREATE INDEX "right_holder_draft_saved_at_idx" ON "right_holder_draft"("saved_at");
CREATE INDEX "private_image_created_at_idx" ON "private_image"("created_at");

ALTER TABLE "right_holder" ADD CONSTRAINT "right_holder_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "right_holder_version" ADD CONSTRAINT "right_holder_version_right_holder_id_fkey" FOREIGN KEY ("right_holder_id") REFERENCES "right_holder"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "right_holder_version" ADD CONSTRAINT "right_holder_version_identity_id_fkey" FOREIGN KEY ("identity_id") REFERENCES "identity"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "right_holder_version" ADD CONSTRAINT "right_holder_version_front_image_fkey" FOREIGN KEY ("front_image_id") REFERENCES "private_image"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "right_holder_version" ADD CONSTRAINT "right_holder_version_back_image_fkey" FOREIGN KEY ("back_image_id") REFERENCES "private_image"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "right_holder_version" ADD CONSTRAINT "right_holder_version_licence_image_fkey" FOREIGN KEY ("licence_image_id") REFERENCES "private_image"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "right_holder_version" ADD CONSTRAINT "right_holder_version_permit_image_fkey" FOREIGN KEY ("permit_image_id") REFERENCES "private_image"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "right_holder_draft" ADD CONSTRAINT "right_holder_draft_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
