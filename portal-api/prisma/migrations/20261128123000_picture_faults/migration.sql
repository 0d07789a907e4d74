-- Why a complete picture cannot be shown; null when it can, for other files, and for uploads from before this column.
ALTER TABLE "upload" ADD COLUMN "picture_fault" TEXT;
-- With `picture-too-large`: the limit that was exceeded.
ALTER TABLE "upload" ADD COLUMN "picture_megapixels" INTEGER;
