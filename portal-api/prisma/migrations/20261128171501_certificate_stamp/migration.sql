-- The red mark on a certificate is a stamp; only validators seal, and they seal blocks.
ALTER TABLE "certificate" RENAME COLUMN "is_sealed" TO "is_stamped";
