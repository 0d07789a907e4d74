-- What the leader notices of the chain, for the readiness of every process: since when all nodes refuse a key's oldest
-- transaction, and when the newest final block last changed, with the usual time between two such changes.

ALTER TABLE "chain_account"
    ADD COLUMN "refused_since" TIMESTAMPTZ(3);

ALTER TABLE "registry"
    ADD COLUMN "final_hash" BYTEA,
    ADD COLUMN "final_seen_at" TIMESTAMPTZ(3),
    ADD COLUMN "final_gap_seconds" DOUBLE PRECISION NOT NULL DEFAULT 0;
