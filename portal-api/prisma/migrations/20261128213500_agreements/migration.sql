-- Newer versions of the terms of use and the privacy notice that an account agreed to after its registration.
CREATE TABLE "agreement" (
    "account_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "agreement_pkey" PRIMARY KEY ("account_id", "slug", "version"),
    CONSTRAINT "agreement_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "agreement_slug_version_fkey" FOREIGN KEY ("slug", "version") REFERENCES "page_version"("slug", "version") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE INDEX "agreement_slug_version_idx" ON "agreement"("slug", "version");

-- Who agreed to what, and when, is evidence.
CREATE FUNCTION "agreement_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'agreements are never changed' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "agreement_keep" BEFORE UPDATE OR DELETE ON "agreement" FOR EACH ROW EXECUTE FUNCTION "agreement_refuse"();
CREATE TRIGGER "agreement_keep_all" BEFORE TRUNCATE ON "agreement" FOR EACH STATEMENT EXECUTE FUNCTION "agreement_refuse"();
