-- Perceptual hashes of the pictures in submitted orders, 64 bits each; all are null when the picture cannot be compared.
CREATE TABLE "picture_hash" (
    "upload_id" UUID NOT NULL,
    "whole" BIGINT,
    "inner" BIGINT,
    "mirrored" BIGINT,
    "mirrored_inner" BIGINT,
    "bands" INTEGER[],
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "picture_hash_pkey" PRIMARY KEY ("upload_id"),
    CONSTRAINT "picture_hash_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
-- Without the pending list: a search never reads through what an insertion left for later.
CREATE INDEX "picture_hash_bands_idx" ON "picture_hash" USING GIN ("bands") WITH (fastupdate = off);
CREATE INDEX "upload_sha256_idx" ON "upload"("sha256");

-- Pictures of orders that were submitted before.
INSERT INTO "outbox" ("topic", "payload")
SELECT DISTINCT 'picture-hash', jsonb_build_object('uploadId', f."upload_id")
FROM "attestation_file" f
JOIN "attestation" a ON a."id" = f."attestation_id" AND a."state" <> 'DRAFT'
JOIN "upload" u ON u."id" = f."upload_id" AND u."state" = 'COMPLETE' AND u."media_type" LIKE 'image/%';
