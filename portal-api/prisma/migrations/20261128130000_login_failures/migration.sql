-- Failed logins of an hour, counted until one row of the audit log takes them together: strangers must not make the log
-- grow with every try. Telephones without an account are counted alike, so that the time of an answer tells nothing.
CREATE TABLE "login_failure" (
    "phone_index" BYTEA NOT NULL,
    "address_index" BYTEA NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 1,
    "is_locked" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "login_failure_pkey" PRIMARY KEY ("phone_index", "address_index", "hour")
);

CREATE INDEX "login_failure_hour_idx" ON "login_failure"("hour");
CREATE INDEX "login_failure_locked_idx" ON "login_failure"("phone_index") WHERE "is_locked";
