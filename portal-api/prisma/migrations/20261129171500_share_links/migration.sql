-- 分享链接: addresses that show a certificate's content for a time, without its code, and when they were opened.
CREATE TABLE "share_link" (
    "id" UUID NOT NULL,
    "attestation_id" UUID,
    "registration_id" UUID,
    "made_by" UUID NOT NULL,
    "token_digest" BYTEA NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "max_openings" INTEGER,
    "openings" INTEGER NOT NULL DEFAULT 0,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "share_link_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "share_link_one_order" CHECK (num_nonnulls("attestation_id", "registration_id") = 1),
    CONSTRAINT "share_link_openings" CHECK ("openings" >= 0 AND ("max_openings" IS NULL OR "openings" <= "max_openings"))
);
CREATE UNIQUE INDEX "share_link_token_digest_key" ON "share_link"("token_digest");
CREATE INDEX "share_link_attestation_id_created_at_idx" ON "share_link"("attestation_id", "created_at");
CREATE INDEX "share_link_registration_id_created_at_idx" ON "share_link"("registration_id", "created_at");
CREATE INDEX "share_link_made_by_idx" ON "share_link"("made_by");
CREATE INDEX "share_link_expires_at_idx" ON "share_link"("expires_at");

CREATE TABLE "share_link_opening" (
    "id" BIGSERIAL NOT NULL,
    "link_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "share_link_opening_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "share_link_opening_link_id_id_idx" ON "share_link_opening"("link_id", "id");

ALTER TABLE "share_link" ADD CONSTRAINT "share_link_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "share_link" ADD CONSTRAINT "share_link_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "share_link" ADD CONSTRAINT "share_link_made_by_fkey" FOREIGN KEY ("made_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "share_link_opening" ADD CONSTRAINT "share_link_opening_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "share_link"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
