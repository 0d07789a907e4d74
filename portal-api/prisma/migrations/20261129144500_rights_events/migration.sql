-- 权利变动记录: licences, transfers and disputes of works, each on record by a manifest of its own.
CREATE TYPE "rights_event_kind" AS ENUM ('LICENCE', 'TRANSFER', 'DISPUTE');
CREATE TYPE "rights_event_state" AS ENUM ('RECORDED', 'ENTERED', 'FINAL');
ALTER TYPE "manifest_purpose" ADD VALUE 'event';

CREATE TABLE "rights_event" (
    "id" UUID NOT NULL,
    "record_number" BIGINT NOT NULL,
    "account_id" UUID NOT NULL,
    "organisation_id" UUID,
    "work_id" UUID NOT NULL,
    "kind" "rights_event_kind" NOT NULL,
    "state" "rights_event_state" NOT NULL DEFAULT 'RECORDED',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "facts" JSONB,
    "frozen" JSONB NOT NULL,
    "cites_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "rights_event_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "rights_event_cites_as_dispute" CHECK ("cites_id" IS NULL OR "kind" = 'DISPUTE')
);
CREATE UNIQUE INDEX "rights_event_record_number_key" ON "rights_event"("record_number");
-- A dispute is settled once.
CREATE UNIQUE INDEX "rights_event_cites_id_key" ON "rights_event"("cites_id");
CREATE INDEX "rights_event_account_id_idx" ON "rights_event"("account_id");
CREATE INDEX "rights_event_organisation_id_idx" ON "rights_event"("organisation_id");
CREATE INDEX "rights_event_work_id_created_at_id_idx" ON "rights_event"("work_id", "created_at", "id");

CREATE TABLE "rights_event_file" (
    "rights_event_id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "rights_event_file_pkey" PRIMARY KEY ("rights_event_id","upload_id")
);
CREATE INDEX "rights_event_file_upload_id_idx" ON "rights_event_file"("upload_id");

ALTER TABLE "rights_event" ADD CONSTRAINT "rights_event_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "rights_event" ADD CONSTRAINT "rights_event_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "rights_event" ADD CONSTRAINT "rights_event_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "rights_event" ADD CONSTRAINT "rights_event_cites_id_fkey" FOREIGN KEY ("cites_id") REFERENCES "rights_event"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "rights_event_file" ADD CONSTRAINT "rights_event_file_rights_event_id_fkey" FOREIGN KEY ("rights_event_id") REFERENCES "rights_event"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "rights_event_file" ADD CONSTRAINT "rights_event_file_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "manifest" ADD COLUMN "rights_event_id" UUID;
ALTER TABLE "manifest" DROP CONSTRAINT "manifest_one_order";
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_one_owner" CHECK (num_nonnulls("attestation_id", "registration_id", "rights_event_id") = 1);
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_rights_event_id_fkey" FOREIGN KEY ("rights_event_id") REFERENCES "rights_event"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
CREATE UNIQUE INDEX "manifest_rights_event_id_purpose_round_key" ON "manifest"("rights_event_id", "purpose", "round");
