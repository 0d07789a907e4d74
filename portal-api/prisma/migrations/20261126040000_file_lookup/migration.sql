-- Whether the look-up by a file's digest names this order's certificate: its owner's choice.
ALTER TABLE "attestation" ADD COLUMN "is_found_by_file" BOOLEAN NOT NULL DEFAULT true;
