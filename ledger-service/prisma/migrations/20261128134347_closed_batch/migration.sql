-- A batch is closed; only validators seal, and they seal blocks.
ALTER TYPE "batch_state" RENAME VALUE 'sealed' TO 'closed';
ALTER TABLE "batch" RENAME COLUMN "sealed_at" TO "closed_at";
