-- The public page of the registry counts the certificates of each day.
CREATE INDEX "certificate_issued_at_idx" ON "certificate"("issued_at");
