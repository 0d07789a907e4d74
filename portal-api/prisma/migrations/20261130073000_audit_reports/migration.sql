-- Reports of `npm run audit` and `inkseal-audit` that the site shows on 存证公示: every report that was ever published stays.
CREATE TABLE "audit_report" (
    "sha256" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "summary" JSONB NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "published_by" UUID NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "audit_report_pkey" PRIMARY KEY ("sha256"),
    CONSTRAINT "audit_report_published_by_fkey" FOREIGN KEY ("published_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "audit_report_sha256_check" CHECK ("sha256" = encode(sha256("content"), 'hex'))
);
CREATE INDEX "audit_report_ended_at_published_at_idx" ON "audit_report"("ended_at", "published_at");
CREATE INDEX "audit_report_published_by_idx" ON "audit_report"("published_by");

CREATE TRIGGER "audit_report_keep" BEFORE UPDATE OR DELETE ON "audit_report" FOR EACH ROW EXECUTE FUNCTION "version_refuse"();
CREATE TRIGGER "audit_report_keep_all" BEFORE TRUNCATE ON "audit_report" FOR EACH STATEMENT EXECUTE FUNCTION "version_refuse"();
