-- The search for renewals to renew also asks when they were stored.

CREATE INDEX "renewal_unrenewed_key" ON "renewal"("stored_at") WHERE "renewed_by" IS NULL;
