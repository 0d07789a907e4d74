-- What administrators set of the site: every version that ever was, the newest counts. Without any the defaults do.
CREATE TABLE "setting_version" (
    "version" INTEGER NOT NULL,
    "values" JSONB NOT NULL,
    "note" TEXT NOT NULL,
    "saved_by" UUID NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "setting_version_pkey" PRIMARY KEY ("version"),
    CONSTRAINT "setting_version_saved_by_fkey" FOREIGN KEY ("saved_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "setting_version_from_one" CHECK ("version" >= 1)
);
CREATE INDEX "setting_version_saved_by_idx" ON "setting_version"("saved_by");

CREATE TRIGGER "setting_version_keep" BEFORE UPDATE OR DELETE ON "setting_version" FOR EACH ROW EXECUTE FUNCTION "version_refuse"();
CREATE TRIGGER "setting_version_keep_all" BEFORE TRUNCATE ON "setting_version" FOR EACH STATEMENT EXECUTE FUNCTION "version_refuse"();
