-- What the search finds hashes by: one row for each band of each hash that is stored. In place of an index on arrays, which
-- took minutes among a million pictures.
CREATE TABLE "picture_hash_band" (
    "band" INTEGER NOT NULL,
    "hash" BIGINT NOT NULL,
    "upload_id" UUID NOT NULL,

    CONSTRAINT "picture_hash_band_pkey" PRIMARY KEY ("band", "hash", "upload_id")
);

INSERT INTO "picture_hash_band" ("band", "hash", "upload_id")
SELECT DISTINCT b."band", CASE WHEN b."position" <= 4 THEN h."whole" ELSE h."inner" END, h."upload_id"
FROM "picture_hash" h, unnest(h."bands") WITH ORDINALITY AS b("band", "position");

CREATE INDEX "picture_hash_band_upload_id_idx" ON "picture_hash_band"("upload_id");
ALTER TABLE "picture_hash_band" ADD CONSTRAINT "picture_hash_band_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "picture_hash"("upload_id") ON DELETE CASCADE ON UPDATE NO ACTION;

DROP INDEX "picture_hash_bands_idx";
ALTER TABLE "picture_hash" DROP COLUMN "bands";
