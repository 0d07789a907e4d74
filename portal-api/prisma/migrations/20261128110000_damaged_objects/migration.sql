-- Damage belongs to an object of a kind, whether it lies in the content store or in a row. What was found before is
-- found again by the next pass.
DROP TABLE "damaged_object";

CREATE TABLE "damaged_object" (
    "kind" TEXT NOT NULL,
    "object_id" UUID NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "damaged_object_pkey" PRIMARY KEY ("kind", "object_id")
);

UPDATE "scrub" SET "kind" = 'upload', "after" = '00000000-0000-0000-0000-000000000000', "finished_at" = NULL;
