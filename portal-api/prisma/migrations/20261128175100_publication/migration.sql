CREATE TYPE "publication_state" AS ENUM ('PENDING', 'PUBLISHED', 'REFUSED', 'WITHDRAWN', 'TAKEN_DOWN', 'APPEALED', 'UPHELD');
CREATE TYPE "publication_report_state" AS ENUM ('OPEN', 'CONFIRMED', 'DISMISSED');

CREATE TABLE "publication" (
    "id" UUID NOT NULL,
    "work_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "state" "publication_state" NOT NULL DEFAULT 'PENDING',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "round" INTEGER NOT NULL DEFAULT 1,
    "title" TEXT NOT NULL,
    "intro" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "tags" TEXT[],
    "author" TEXT NOT NULL,
    "consent_at" TIMESTAMPTZ(3) NOT NULL,
    "appeal" TEXT,
    "appealed_at" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "terms" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "publication_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "publication_work_id_key" UNIQUE ("work_id"),
    CONSTRAINT "publication_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "publication_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    -- What is not public has no words to be found by, whatever a query forgets to ask.
    CONSTRAINT "publication_found_only_when_public" CHECK ("state" = 'PUBLISHED' OR "terms" = '{}'),
    CONSTRAINT "publication_published_at_known" CHECK ("state" <> 'PUBLISHED' OR "published_at" IS NOT NULL)
);
CREATE INDEX "publication_state_state_at_id_idx" ON "publication"("state", "state_at", "id");
-- Without a list of pending entries: the search must not read one from end to end, and approvals are rare.
CREATE INDEX "publication_terms_idx" ON "publication" USING gin ("terms") WITH (fastupdate = off) WHERE "state" = 'PUBLISHED';
CREATE INDEX "publication_newest_idx" ON "publication"("published_at" DESC, "id" DESC) WHERE "state" = 'PUBLISHED';
CREATE INDEX "publication_category_idx" ON "publication"("category", "published_at" DESC, "id" DESC) WHERE "state" = 'PUBLISHED';
CREATE INDEX "publication_account_id_idx" ON "publication"("account_id");

CREATE TABLE "publication_image" (
    "id" UUID NOT NULL,
    "publication_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "cipher" BYTEA NOT NULL,
    "small_cipher" BYTEA NOT NULL,

    CONSTRAINT "publication_image_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "publication_image_publication_id_position_key" UNIQUE ("publication_id", "position"),
    CONSTRAINT "publication_image_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE TABLE "publication_decision" (
    "id" UUID NOT NULL,
    "publication_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "staff_id" UUID NOT NULL,
    "decision" TEXT NOT NULL,
    "ground" TEXT,
    "text" TEXT NOT NULL DEFAULT '',
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "publication_decision_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "publication_decision_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "publication_decision_publication_id_decided_at_idx" ON "publication_decision"("publication_id", "decided_at");

CREATE TABLE "publication_report" (
    "id" UUID NOT NULL,
    "publication_id" UUID NOT NULL,
    "state" "publication_report_state" NOT NULL DEFAULT 'OPEN',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "reason" TEXT NOT NULL,
    "cipher" BYTEA NOT NULL,
    "address_index" BYTEA NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "decided_by" UUID,

    CONSTRAINT "publication_report_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "publication_report_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "publication_report_publication_id_state_idx" ON "publication_report"("publication_id", "state");
CREATE INDEX "publication_report_state_state_at_idx" ON "publication_report"("state", "state_at");
-- One open report of an address for each work.
CREATE UNIQUE INDEX "publication_report_open_key" ON "publication_report"("publication_id", "address_index") WHERE "state" = 'OPEN';
