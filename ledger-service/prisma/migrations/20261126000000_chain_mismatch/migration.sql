-- What the leader found when it last compared the chain with the rows, for the readiness of every process.
ALTER TABLE "registry"
    ADD COLUMN "chain_mismatch" TEXT,
    ADD CONSTRAINT "registry_chain_mismatch_check"
        CHECK ("chain_mismatch" IN ('ledger-behind-chain', 'chain-behind-ledger', 'clock-ahead-of-chain'));
