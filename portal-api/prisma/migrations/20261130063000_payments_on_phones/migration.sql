-- Providers make a payment either for a code to scan or for an app on the telephone that asks, and not for both.
ALTER TABLE "payment" ADD COLUMN "on_phone" BOOLEAN NOT NULL DEFAULT false;
