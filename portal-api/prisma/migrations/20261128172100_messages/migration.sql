-- The inbox of an account, and how its member wants to be told.
CREATE TABLE "message" (
  "id" UUID NOT NULL,
  "account_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "round" INTEGER NOT NULL DEFAULT 1,
  "data" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "read_at" TIMESTAMPTZ(3),
  CONSTRAINT "message_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "message_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id")
);
CREATE UNIQUE INDEX "message_account_id_kind_subject_round_key" ON "message" ("account_id", "kind", "subject", "round");
CREATE INDEX "message_account_id_id_idx" ON "message" ("account_id", "id");
CREATE INDEX "message_created_at_idx" ON "message" ("created_at");
CREATE INDEX "message_unread_idx" ON "message" ("account_id") WHERE "read_at" IS NULL;

CREATE TABLE "message_preference" (
  "account_id" UUID NOT NULL,
  "language" TEXT NOT NULL,
  "sms_off" TEXT[] NOT NULL,
  "mail_off" TEXT[] NOT NULL,
  CONSTRAINT "message_preference_pkey" PRIMARY KEY ("account_id"),
  CONSTRAINT "message_preference_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id"),
  CONSTRAINT "message_preference_language_check" CHECK ("language" IN ('zh', 'en'))
);

-- How many days before its deadline the owner of a returned order was last reminded; null: not yet in this round.
ALTER TABLE "attestation" ADD COLUMN "reminded_days" INTEGER;
