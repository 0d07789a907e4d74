-- Where the scrub of stored objects stands, and which of them no longer match their digest.
CREATE TABLE "scrub" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "kind" TEXT NOT NULL DEFAULT 'upload',
    "after" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "scrub_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "scrub_one_row" CHECK ("id" = 1)
);

INSERT INTO "scrub" DEFAULT VALUES;

CREATE TABLE "damaged_object" (
    "cid" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "damaged_object_pkey" PRIMARY KEY ("cid")
);
