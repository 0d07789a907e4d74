-- Every payment has had an end since it was made.
ALTER TABLE "payment" ALTER COLUMN "expires_at" SET NOT NULL;
