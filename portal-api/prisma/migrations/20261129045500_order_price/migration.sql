-- The price that the owner of an order saw when they submitted it. Orders from before it was kept have that of their newest
-- payment; those without any are offered the price of now.
ALTER TABLE "attestation" ADD COLUMN "price_fen" INTEGER;
UPDATE "attestation" SET "price_fen" = (
    SELECT "amount_fen" FROM "payment" WHERE "attestation_id" = "attestation"."id"
    ORDER BY ("state" = 'PAID') DESC, "created_at" DESC, "id" DESC LIMIT 1
);
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_price_positive" CHECK ("price_fen" > 0);
