-- Content pages of the public site: every version that ever was, the newest of each page is shown.
CREATE TABLE "page_version" (
    "slug" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "title_zh" TEXT NOT NULL,
    "body_zh" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "body_en" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "saved_by" UUID,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "page_version_pkey" PRIMARY KEY ("slug", "version"),
    CONSTRAINT "page_version_saved_by_fkey" FOREIGN KEY ("saved_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "page_version_from_one" CHECK ("version" >= 1)
);
CREATE INDEX "page_version_saved_by_idx" ON "page_version"("saved_by");

-- What somebody agreed to must stay readable: no version is ever changed or removed.
CREATE FUNCTION "version_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'versions are never changed' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "page_version_keep" BEFORE UPDATE OR DELETE ON "page_version" FOR EACH ROW EXECUTE FUNCTION "version_refuse"();
CREATE TRIGGER "page_version_keep_all" BEFORE TRUNCATE ON "page_version" FOR EACH STATEMENT EXECUTE FUNCTION "version_refuse"();
