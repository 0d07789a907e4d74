-- Several portals may receive one upload. Whoever writes holds its lock, which counts up each time it is taken: a write that
-- names an earlier generation changes nothing. What has arrived lies in parts that every portal can read.
ALTER TABLE "upload"
    ADD COLUMN "lock_generation" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "lock_until" TIMESTAMPTZ(3),
    ADD COLUMN "lock_wanted" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "written_generation" BIGINT NOT NULL DEFAULT 0;

CREATE TABLE "upload_part" (
    "upload_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "start_byte" BIGINT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "is_tail" BOOLEAN NOT NULL,
    "is_stored" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "upload_part_pkey" PRIMARY KEY ("upload_id", "key"),
    CONSTRAINT "upload_part_size_check" CHECK ("start_byte" >= 0 AND "size_bytes" >= 0)
);
ALTER TABLE "upload_part" ADD CONSTRAINT "upload_part_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- What arrived before lies in one file, which is no longer read: these uploads begin again.
UPDATE "upload" SET "received_bytes" = 0 WHERE "state" = 'RECEIVING';
