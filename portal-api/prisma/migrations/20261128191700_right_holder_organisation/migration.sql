-- As every other table that names an organisation: the database refuses an entry of none.
ALTER TABLE "right_holder" ADD CONSTRAINT "right_holder_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
