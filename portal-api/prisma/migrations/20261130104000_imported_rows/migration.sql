-- What was imported from the system that a centre had before: a row of its files, and what became of it here.
CREATE TABLE "imported_row" (
    "source_index" BYTEA NOT NULL,
    "content_index" BYTEA NOT NULL,
    "account_id" UUID,
    "work_id" UUID,
    "imported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "imported_row_pkey" PRIMARY KEY ("source_index"),
    CONSTRAINT "imported_row_of_one" CHECK (num_nonnulls("account_id", "work_id") = 1),
    CONSTRAINT "imported_row_index_check" CHECK (octet_length("source_index") = 32 AND octet_length("content_index") = 32)
);
CREATE INDEX "imported_row_account_id_idx" ON "imported_row"("account_id");
CREATE INDEX "imported_row_work_id_idx" ON "imported_row"("work_id");

ALTER TABLE "imported_row" ADD CONSTRAINT "imported_row_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "imported_row" ADD CONSTRAINT "imported_row_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
