-- 发票抬头: what owners of paid orders give for a tax invoice, which the centre makes in its tax system. Encrypted; it can be changed
-- until finance has exported it.
CREATE TABLE "invoice_detail" (
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "details_cipher" BYTEA NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "exported_at" TIMESTAMPTZ(3),
    "exported_by" UUID,

    CONSTRAINT "invoice_detail_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "invoice_detail_exported_check" CHECK (("exported_at" IS NULL) = ("exported_by" IS NULL))
);
CREATE UNIQUE INDEX "invoice_detail_payment_id_key" ON "invoice_detail"("payment_id");
CREATE INDEX "invoice_detail_exported_by_idx" ON "invoice_detail"("exported_by");
ALTER TABLE "invoice_detail" ADD CONSTRAINT "invoice_detail_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "invoice_detail" ADD CONSTRAINT "invoice_detail_exported_by_fkey" FOREIGN KEY ("exported_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
