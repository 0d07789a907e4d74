-- Whether validators backed the block when the PDF was made: only then it bears the seal.
ALTER TABLE "certificate" ADD COLUMN "is_sealed" BOOLEAN NOT NULL DEFAULT false;
