-- The digest of the whole file as its sender states it: an upload that turns out to be another file is never complete.
ALTER TABLE "upload" ADD COLUMN "expected_sha256" BYTEA;
ALTER TABLE "upload" ADD CONSTRAINT "upload_expected_sha256_check" CHECK (octet_length("expected_sha256") = 32);
