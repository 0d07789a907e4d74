-- The organisation whose event a message is about; null for an event of the account itself.
ALTER TABLE "message" ADD COLUMN "organisation_id" UUID;
ALTER TABLE "message" ADD CONSTRAINT "message_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
