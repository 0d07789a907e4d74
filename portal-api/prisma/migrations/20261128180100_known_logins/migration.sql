-- Devices and networks from which an account has logged in, as keyed digests.
CREATE TABLE "known_login" (
  "account_id" UUID NOT NULL,
  "origin_index" BYTEA NOT NULL,
  "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "known_login_pkey" PRIMARY KEY ("account_id", "origin_index"),
  CONSTRAINT "known_login_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id") ON DELETE CASCADE
);
CREATE INDEX "known_login_last_seen_at_idx" ON "known_login" ("last_seen_at");
