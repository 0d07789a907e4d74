-- 窗口代办: the order itself may be made at the counter, of a work of the member who came, not only submitted.
ALTER TABLE "counter_filing" ADD COLUMN "is_made_here" BOOLEAN NOT NULL DEFAULT false;
