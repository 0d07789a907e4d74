-- 合并支付: one transaction at the provider for several orders. Each order has its part in "payment", with a state and a refund of
-- its own; the number that the provider knows, and the code, are here.
CREATE TABLE "joint_payment" (
    "id" UUID NOT NULL,
    "out_trade_no" TEXT NOT NULL,
    "amount_fen" INTEGER NOT NULL,
    "code_url" TEXT,
    "pay_url" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "joint_payment_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "joint_payment_amount_check" CHECK ("amount_fen" > 0),
    CONSTRAINT "joint_payment_trade_check" CHECK ("out_trade_no" ~ '^[0-9A-Za-z_]{6,32}$')
);
CREATE UNIQUE INDEX "joint_payment_out_trade_no_key" ON "joint_payment"("out_trade_no");

ALTER TABLE "payment" ADD COLUMN "joint_id" UUID;
ALTER TABLE "payment" ADD CONSTRAINT "payment_joint_id_fkey" FOREIGN KEY ("joint_id") REFERENCES "joint_payment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
CREATE INDEX "payment_joint_id_idx" ON "payment"("joint_id");
