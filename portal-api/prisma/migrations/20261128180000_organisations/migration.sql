-- Organisations and their members. What an organisation owns stays its own, whichever member made it.
CREATE TYPE "organisation_state" AS ENUM ('PENDING', 'VERIFIED', 'REJECTED');

CREATE TYPE "organisation_role" AS ENUM ('MANAGER', 'CLERK');

CREATE TABLE "organisation" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "state" "organisation_state" NOT NULL DEFAULT 'PENDING',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "organisation_member" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "role" "organisation_role" NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "organisation_member_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "work" ADD COLUMN "organisation_id" UUID;
ALTER TABLE "attestation" ADD COLUMN "organisation_id" UUID;

CREATE INDEX "organisation_state_state_at_idx" ON "organisation"("state", "state_at");
CREATE INDEX "organisation_member_account_id_idx" ON "organisation_member"("account_id");
CREATE INDEX "organisation_member_organisation_id_idx" ON "organisation_member"("organisation_id");
CREATE INDEX "work_organisation_id_created_at_id_idx" ON "work"("organisation_id", "created_at", "id");
CREATE INDEX "attestation_organisation_id_created_at_id_idx" ON "attestation"("organisation_id", "created_at", "id");

-- One living membership for each person; who was removed may come back.
CREATE UNIQUE INDEX "organisation_member_living_key" ON "organisation_member"("organisation_id", "account_id") WHERE "removed_at" IS NULL;

ALTER TABLE "organisation_member" ADD CONSTRAINT "organisation_member_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "organisation_member" ADD CONSTRAINT "organisation_member_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "work" ADD CONSTRAINT "work_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
