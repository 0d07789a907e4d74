-- What a member asked for of their own data: a snapshot, encrypted as a whole. The files it names stay where they are.
CREATE TYPE "data_export_state" AS ENUM ('PENDING', 'READY');

CREATE TABLE "data_export" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "state" "data_export_state" NOT NULL DEFAULT 'PENDING',
    "cipher" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ready_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "data_export_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "data_export_ready_check" CHECK ("state" = 'PENDING' OR num_nulls("cipher", "ready_at") = 0)
);

CREATE UNIQUE INDEX "data_export_account_id_key" ON "data_export"("account_id");
CREATE INDEX "data_export_expires_at_idx" ON "data_export"("expires_at");

ALTER TABLE "data_export" ADD CONSTRAINT "data_export_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
