-- Few of all uploads wait for the scanner, or are kept away. After the commit that adds the states.
CREATE INDEX "upload_scanning_idx" ON "upload"("state", "state_at", "id") WHERE "state" IN ('SCANNING', 'QUARANTINED');
ALTER TABLE "upload" ADD CONSTRAINT "upload_scanned_check" CHECK ("state" NOT IN ('SCANNING', 'QUARANTINED') OR
    ("received_bytes" = "declared_size" AND num_nulls("sha256", "sm3", "cid", "completed_at") = 0));
