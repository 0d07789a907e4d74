-- What an outside service said of a real name, where the site asks one. It decides nothing by itself.
CREATE TYPE "identity_check_outcome" AS ENUM ('MATCH', 'MISMATCH', 'NO_RECORD');

ALTER TABLE "identity"
    ADD COLUMN "check_outcome" "identity_check_outcome",
    ADD COLUMN "checked_at" TIMESTAMPTZ(3),
    ADD CONSTRAINT "identity_check_check" CHECK (num_nulls("check_outcome", "checked_at") IN (0, 2));
