-- The second step of a staff log-in.
CREATE TABLE "account_totp" (
  "account_id" UUID NOT NULL,
  "secret_cipher" BYTEA,
  "pending_cipher" BYTEA,
  "confirmed_at" TIMESTAMPTZ(3),
  "last_step" INTEGER,
  "tries" INTEGER NOT NULL DEFAULT 0,
  "tries_end_at" TIMESTAMPTZ(3),
  CONSTRAINT "account_totp_pkey" PRIMARY KEY ("account_id"),
  CONSTRAINT "account_totp_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id")
);
CREATE TABLE "recovery_code" (
  "account_id" UUID NOT NULL,
  "digest" BYTEA NOT NULL,
  "used_at" TIMESTAMPTZ(3),
  CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("account_id", "digest"),
  CONSTRAINT "recovery_code_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id")
);

-- The console filters the audit log by action and by time.
CREATE INDEX "audit_action_seq_idx" ON "audit" ("action", "seq");
CREATE INDEX "audit_at_idx" ON "audit" ("at");

ALTER TABLE "account_role" DROP CONSTRAINT "account_role_role_check";
ALTER TABLE "account_role" ADD CONSTRAINT "account_role_role_check"
  CHECK ("role" IN ('reviewer', 'senior-reviewer', 'finance', 'auditor', 'admin', 'security-admin'));
CREATE INDEX "account_role_role_idx" ON "account_role" ("role");
