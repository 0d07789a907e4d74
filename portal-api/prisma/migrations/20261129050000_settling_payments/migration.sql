-- The payment that paid the order, also after it was given back: at most one for each order.
ALTER TABLE "payment" ADD COLUMN "settles_order" BOOLEAN NOT NULL DEFAULT false;
UPDATE "payment" SET "settles_order" = true WHERE "state" = 'PAID';
CREATE UNIQUE INDEX "payment_settles_order_once" ON "payment"("attestation_id") WHERE "settles_order";
