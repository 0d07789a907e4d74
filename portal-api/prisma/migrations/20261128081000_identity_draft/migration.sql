-- The real-name form as it was left, sealed as a whole.
CREATE TABLE "identity_draft" (
    "account_id" UUID NOT NULL,
    "cipher" BYTEA NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_draft_pkey" PRIMARY KEY ("account_id")
);

CREATE INDEX "identity_draft_saved_at_idx" ON "identity_draft"("saved_at");

ALTER TABLE "identity_draft" ADD CONSTRAINT "identity_draft_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
