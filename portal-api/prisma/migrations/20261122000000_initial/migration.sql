-- The portal's first schema: tables, indexes and references as prisma/schema.prisma draws them, then what Prisma
-- cannot express.

CREATE TYPE "account_state" AS ENUM ('ACTIVE', 'DISABLED', 'CLOSED');

CREATE TYPE "sms_purpose" AS ENUM ('REGISTER', 'RESET_PASSWORD');

CREATE TYPE "identity_nature" AS ENUM ('PERSONAL', 'ORGANISATION');

CREATE TYPE "identity_state" AS ENUM ('PENDING', 'VERIFIED', 'REJECTED');

CREATE TYPE "image_purpose" AS ENUM ('ID_FRONT', 'ID_BACK', 'LICENCE', 'AVATAR');

CREATE TYPE "upload_state" AS ENUM ('RECEIVING', 'COMPLETE', 'FAILED', 'DELETED');

CREATE TYPE "work_state" AS ENUM ('DRAFT', 'ARCHIVED', 'DELETED');

CREATE TYPE "work_file_role" AS ENUM ('FILE', 'COVER', 'DISPLAY');

CREATE TYPE "creator_nature" AS ENUM ('PERSONAL', 'ENTERPRISE');

CREATE TYPE "attestation_state" AS ENUM ('DRAFT', 'SUBMITTED', 'AWAITING_PAYMENT', 'PAID', 'UNDER_REVIEW', 'RETURNED', 'APPROVED', 'ANCHORING', 'CERTIFIED', 'REVOKED', 'REJECTED', 'WITHDRAWN', 'CANCELLED', 'CLOSED', 'REFUNDING', 'REFUNDED');

CREATE TYPE "manifest_purpose" AS ENUM ('submission', 'attestation');

CREATE TYPE "manifest_state" AS ENUM ('BUILT', 'ENTERED', 'FINAL');

CREATE TYPE "payment_state" AS ENUM ('CREATED', 'WAITING', 'PAID', 'REFUNDING', 'REFUNDED', 'REFUND_FAILED', 'CLOSED');

CREATE TYPE "payment_channel" AS ENUM ('sandbox', 'alipay', 'wechat');

CREATE TYPE "review_decision" AS ENUM ('APPROVE', 'RETURN', 'REJECT');

CREATE TABLE "master_key" (
    "id" TEXT NOT NULL,
    "proof" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "master_key_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "user_number" SERIAL NOT NULL,
    "phone_cipher" BYTEA NOT NULL,
    "phone_index" BYTEA NOT NULL,
    "password_hash" TEXT NOT NULL,
    "session_epoch" INTEGER NOT NULL DEFAULT 0,
    "referrer_id" UUID,
    "state" "account_state" NOT NULL DEFAULT 'ACTIVE',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "avatar_id" UUID,
    "consent_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "account_role" (
    "account_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "granted_by" TEXT NOT NULL,

    CONSTRAINT "account_role_pkey" PRIMARY KEY ("account_id","role")
);

CREATE TABLE "login_lock" (
    "phone_index" BYTEA NOT NULL,
    "failures" INTEGER NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "login_lock_pkey" PRIMARY KEY ("phone_index")
);

CREATE TABLE "session" (
    "sid" VARCHAR NOT NULL,
    "sess" JSON NOT NULL,
    "expire" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("sid")
);

CREATE TABLE "sms_code" (
    "id" UUID NOT NULL,
    "phone_index" BYTEA NOT NULL,
    "purpose" "sms_purpose" NOT NULL,
    "code_hmac" BYTEA NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "used_at" TIMESTAMPTZ(3),
    "voided_at" TIMESTAMPTZ(3),
    "ip" INET NOT NULL,

    CONSTRAINT "sms_code_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "identity" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "nature" "identity_nature" NOT NULL,
    "state" "identity_state" NOT NULL,
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "name_cipher" BYTEA NOT NULL,
    "name_masked" TEXT NOT NULL,
    "id_number_cipher" BYTEA NOT NULL,
    "id_number_index" BYTEA NOT NULL,
    "id_number_masked" TEXT NOT NULL,
    "email_cipher" BYTEA NOT NULL,
    "address_cipher" BYTEA NOT NULL,
    "phone_cipher" BYTEA,
    "representative_cipher" BYTEA,
    "front_image_id" UUID,
    "back_image_id" UUID,
    "licence_image_id" UUID,
    "consent_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "verified_at" TIMESTAMPTZ(3),
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "identity_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "private_image" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "purpose" "image_purpose" NOT NULL,
    "media_type" TEXT NOT NULL,
    "cipher" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "private_image_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "upload" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "declared_size" BIGINT NOT NULL,
    "media_type" TEXT,
    "state" "upload_state" NOT NULL DEFAULT 'RECEIVING',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "received_bytes" BIGINT NOT NULL DEFAULT 0,
    "sha256" BYTEA,
    "sm3" BYTEA,
    "cid" TEXT,
    "key_id" TEXT NOT NULL,
    "wrapped_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "first_byte_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "work" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "serial" SERIAL NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "state" "work_state" NOT NULL DEFAULT 'DRAFT',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "title" TEXT NOT NULL,
    "intro" TEXT NOT NULL,
    "creator_nature" "creator_nature",
    "publish_category" TEXT,
    "work_type" TEXT,
    "tags" TEXT[],
    "completed_on" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "work_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "work_file" (
    "work_id" UUID NOT NULL,
    "role" "work_file_role" NOT NULL,
    "upload_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "derived_from_id" UUID,

    CONSTRAINT "work_file_pkey" PRIMARY KEY ("work_id","role","upload_id")
);

CREATE TABLE "attestation" (
    "id" UUID NOT NULL,
    "order_number" BIGINT NOT NULL,
    "account_id" UUID NOT NULL,
    "work_id" UUID NOT NULL,
    "state" "attestation_state" NOT NULL DEFAULT 'DRAFT',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "round" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 1,
    "form" JSONB NOT NULL,
    "frozen" JSONB,
    "submission_number" BIGINT,
    "certificate_number" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "submitted_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "approved_at" TIMESTAMPTZ(3),
    "certified_at" TIMESTAMPTZ(3),

    CONSTRAINT "attestation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "attestation_file" (
    "attestation_id" UUID NOT NULL,
    "role" "work_file_role" NOT NULL,
    "upload_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "attestation_file_pkey" PRIMARY KEY ("attestation_id","role","upload_id")
);

CREATE TABLE "manifest" (
    "id" UUID NOT NULL,
    "attestation_id" UUID NOT NULL,
    "purpose" "manifest_purpose" NOT NULL,
    "round" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "sm3" BYTEA NOT NULL,
    "manifest" JSONB NOT NULL,
    "sections_cipher" BYTEA,
    "state" "manifest_state" NOT NULL DEFAULT 'BUILT',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "entry_id" UUID,
    "number" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "manifest_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payment" (
    "id" UUID NOT NULL,
    "attestation_id" UUID NOT NULL,
    "out_trade_no" TEXT NOT NULL,
    "channel" "payment_channel" NOT NULL,
    "amount_fen" INTEGER NOT NULL,
    "state" "payment_state" NOT NULL DEFAULT 'CREATED',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "code_url" TEXT,
    "pay_url" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "refunded_at" TIMESTAMPTZ(3),
    "provider_trade_no" TEXT,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payment_notification" (
    "id" BIGSERIAL NOT NULL,
    "channel" "payment_channel" NOT NULL,
    "out_trade_no" TEXT,
    "raw" BYTEA NOT NULL,
    "verified" BOOLEAN NOT NULL,
    "outcome" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_notification_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "review" (
    "id" UUID NOT NULL,
    "attestation_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "decision" "review_decision" NOT NULL,
    "reasons" JSONB NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "certificate" (
    "id" UUID NOT NULL,
    "attestation_id" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "pdf_cid" TEXT,
    "pdf_sha256" BYTEA,
    "bundle_cipher" BYTEA NOT NULL,
    "package_cid" TEXT,
    "package_sha256" BYTEA,
    "lookup_code_digest" BYTEA NOT NULL,
    "typed_code_digest" BYTEA NOT NULL,
    "typed_tries" INTEGER NOT NULL DEFAULT 0,
    "typed_tries_since" TIMESTAMPTZ(3),
    "issued_at" TIMESTAMPTZ(3),
    "superseded_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "run_after" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audit" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "prev_digest" BYTEA NOT NULL,
    "digest" BYTEA NOT NULL,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("seq")
);

CREATE TABLE "ledger_cursor" (
    "name" TEXT NOT NULL,
    "cursor" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_cursor_pkey" PRIMARY KEY ("name")
);

CREATE UNIQUE INDEX "account_user_number_key" ON "account"("user_number");
CREATE UNIQUE INDEX "account_phone_index_key" ON "account"("phone_index");
CREATE INDEX "session_expire_idx" ON "session"("expire");
CREATE INDEX "sms_code_phone_index_sent_at_idx" ON "sms_code"("phone_index", "sent_at");
CREATE INDEX "sms_code_ip_sent_at_idx" ON "sms_code"("ip", "sent_at");
CREATE UNIQUE INDEX "identity_account_id_version_key" ON "identity"("account_id", "version");
CREATE INDEX "private_image_account_id_idx" ON "private_image"("account_id");
CREATE INDEX "upload_account_id_created_at_idx" ON "upload"("account_id", "created_at");
CREATE UNIQUE INDEX "work_serial_key" ON "work"("serial");
CREATE INDEX "work_account_id_created_at_id_idx" ON "work"("account_id", "created_at", "id");
CREATE INDEX "work_file_upload_id_idx" ON "work_file"("upload_id");
CREATE UNIQUE INDEX "attestation_order_number_key" ON "attestation"("order_number");
CREATE UNIQUE INDEX "attestation_certificate_number_key" ON "attestation"("certificate_number");
CREATE INDEX "attestation_account_id_created_at_id_idx" ON "attestation"("account_id", "created_at", "id");
CREATE INDEX "attestation_state_state_at_idx" ON "attestation"("state", "state_at");
CREATE INDEX "attestation_work_id_idx" ON "attestation"("work_id");
CREATE INDEX "attestation_file_upload_id_idx" ON "attestation_file"("upload_id");
CREATE UNIQUE INDEX "manifest_sha256_key" ON "manifest"("sha256");
CREATE UNIQUE INDEX "manifest_number_key" ON "manifest"("number");
CREATE UNIQUE INDEX "manifest_attestation_id_purpose_round_key" ON "manifest"("attestation_id", "purpose", "round");
CREATE UNIQUE INDEX "payment_out_trade_no_key" ON "payment"("out_trade_no");
CREATE INDEX "payment_attestation_id_created_at_idx" ON "payment"("attestation_id", "created_at");
CREATE INDEX "payment_state_expires_at_idx" ON "payment"("state", "expires_at");
CREATE INDEX "payment_notification_out_trade_no_idx" ON "payment_notification"("out_trade_no");
CREATE UNIQUE INDEX "review_attestation_id_round_key" ON "review"("attestation_id", "round");
CREATE INDEX "certificate_pdf_sha256_idx" ON "certificate"("pdf_sha256");
CREATE UNIQUE INDEX "certificate_number_version_key" ON "certificate"("number", "version");
CREATE UNIQUE INDEX "audit_digest_key" ON "audit"("digest");
CREATE INDEX "audit_subject_seq_idx" ON "audit"("subject", "seq");
CREATE INDEX "audit_actor_seq_idx" ON "audit"("actor", "seq");

ALTER TABLE "account" ADD CONSTRAINT "account_referrer_id_fkey" FOREIGN KEY ("referrer_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "account_role" ADD CONSTRAINT "account_role_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "identity" ADD CONSTRAINT "identity_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "private_image" ADD CONSTRAINT "private_image_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "upload" ADD CONSTRAINT "upload_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "work" ADD CONSTRAINT "work_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "work_file" ADD CONSTRAINT "work_file_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "work_file" ADD CONSTRAINT "work_file_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "attestation_file" ADD CONSTRAINT "attestation_file_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "attestation_file" ADD CONSTRAINT "attestation_file_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "payment" ADD CONSTRAINT "payment_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "review" ADD CONSTRAINT "review_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "review" ADD CONSTRAINT "review_reviewer_id_fkey" FOREIGN KEY ("reviewer_id") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER SEQUENCE "account_user_number_seq" RESTART 1001;

-- One live code per telephone and purpose.
CREATE UNIQUE INDEX "sms_code_live_key" ON "sms_code"("phone_index", "purpose") WHERE "used_at" IS NULL AND "voided_at" IS NULL;

-- One current identity per account, and one account per verified person.
CREATE UNIQUE INDEX "identity_current_key" ON "identity"("account_id") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "identity_number_key" ON "identity"("id_number_index") WHERE "superseded_at" IS NULL AND "state" = 'VERIFIED';

-- One code to scan at a time, and one settled payment: a second one is refunded.
CREATE UNIQUE INDEX "payment_open_key" ON "payment"("attestation_id") WHERE "state" IN ('CREATED', 'WAITING');
CREATE UNIQUE INDEX "payment_paid_key" ON "payment"("attestation_id") WHERE "state" = 'PAID';

CREATE UNIQUE INDEX "certificate_current_key" ON "certificate"("attestation_id") WHERE "superseded_at" IS NULL;

CREATE INDEX "outbox_waiting_idx" ON "outbox"("run_after", "id") WHERE "done_at" IS NULL;

CREATE INDEX "upload_expiring_idx" ON "upload"("expires_at") WHERE "expires_at" IS NOT NULL;

-- Removed images must not be named any more.
ALTER TABLE "identity"
    ADD CONSTRAINT "identity_front_image_fkey" FOREIGN KEY ("front_image_id") REFERENCES "private_image"("id"),
    ADD CONSTRAINT "identity_back_image_fkey" FOREIGN KEY ("back_image_id") REFERENCES "private_image"("id"),
    ADD CONSTRAINT "identity_licence_image_fkey" FOREIGN KEY ("licence_image_id") REFERENCES "private_image"("id");
ALTER TABLE "account" ADD CONSTRAINT "account_avatar_fkey" FOREIGN KEY ("avatar_id") REFERENCES "private_image"("id");

ALTER TABLE "account"
    ADD CONSTRAINT "account_phone_index_check" CHECK (octet_length("phone_index") = 32),
    ADD CONSTRAINT "account_referrer_check" CHECK ("referrer_id" <> "id");

ALTER TABLE "account_role"
    ADD CONSTRAINT "account_role_role_check" CHECK ("role" IN ('reviewer', 'senior-reviewer', 'finance', 'auditor', 'admin'));

ALTER TABLE "login_lock" ADD CONSTRAINT "login_lock_failures_check" CHECK ("failures" BETWEEN 1 AND 5);

ALTER TABLE "sms_code"
    ADD CONSTRAINT "sms_code_index_check" CHECK (octet_length("phone_index") = 32 AND octet_length("code_hmac") = 32),
    ADD CONSTRAINT "sms_code_tries_check" CHECK ("tries" BETWEEN 0 AND 5),
    ADD CONSTRAINT "sms_code_used_check" CHECK (num_nonnulls("used_at", "voided_at") <= 1);

ALTER TABLE "identity"
    ADD CONSTRAINT "identity_index_check" CHECK (octet_length("id_number_index") = 32),
    ADD CONSTRAINT "identity_verified_check" CHECK ("state" <> 'VERIFIED' OR "verified_at" IS NOT NULL);

ALTER TABLE "upload"
    ADD CONSTRAINT "upload_size_check" CHECK ("declared_size" >= 0 AND "received_bytes" BETWEEN 0 AND "declared_size"),
    ADD CONSTRAINT "upload_digest_check" CHECK (octet_length("sha256") = 32 AND octet_length("sm3") = 32),
    ADD CONSTRAINT "upload_complete_check" CHECK ("state" <> 'COMPLETE' OR
        ("received_bytes" = "declared_size" AND num_nulls("sha256", "sm3", "cid", "completed_at") = 0));

ALTER TABLE "work"
    ADD CONSTRAINT "work_publish_category_check" CHECK ("publish_category" IN ('DESIGN', 'FINE_ART', 'MUSIC')),
    ADD CONSTRAINT "work_archived_check" CHECK ("state" <> 'ARCHIVED' OR
        num_nulls("creator_nature", "publish_category", "work_type", "completed_on") = 0);

ALTER TABLE "work_file"
    ADD CONSTRAINT "work_file_position_key" UNIQUE ("work_id", "role", "position") DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT "work_file_position_check" CHECK ("position" >= 0),
    ADD CONSTRAINT "work_file_derived_check" CHECK ("derived_from_id" IS NULL OR "role" = 'DISPLAY');

ALTER TABLE "attestation"
    ADD CONSTRAINT "attestation_order_number_check" CHECK ("order_number" >= 1000000000000000000),
    ADD CONSTRAINT "attestation_round_check" CHECK ("round" >= 1),
    ADD CONSTRAINT "attestation_frozen_check" CHECK ("state" = 'DRAFT' OR num_nulls("frozen", "submitted_at") = 0),
    ADD CONSTRAINT "attestation_paid_check" CHECK ("state" NOT IN ('PAID', 'UNDER_REVIEW', 'RETURNED', 'APPROVED', 'ANCHORING', 'CERTIFIED') OR "paid_at" IS NOT NULL),
    ADD CONSTRAINT "attestation_certified_check" CHECK ("state" NOT IN ('CERTIFIED', 'REVOKED') OR num_nulls("certificate_number", "certified_at") = 0);

ALTER TABLE "manifest"
    ADD CONSTRAINT "manifest_digest_check" CHECK (octet_length("sha256") = 32 AND octet_length("sm3") = 32),
    ADD CONSTRAINT "manifest_entered_check" CHECK ("state" = 'BUILT' OR "entry_id" IS NOT NULL),
    ADD CONSTRAINT "manifest_final_check" CHECK ("state" <> 'FINAL' OR "number" IS NOT NULL);

ALTER TABLE "payment"
    ADD CONSTRAINT "payment_amount_check" CHECK ("amount_fen" > 0),
    ADD CONSTRAINT "payment_trade_check" CHECK ("out_trade_no" ~ '^[0-9A-Za-z_]{6,32}$'),
    ADD CONSTRAINT "payment_paid_check" CHECK ("state" NOT IN ('PAID', 'REFUNDING', 'REFUNDED', 'REFUND_FAILED') OR "paid_at" IS NOT NULL);

ALTER TABLE "certificate"
    ADD CONSTRAINT "certificate_digest_check" CHECK (octet_length("lookup_code_digest") = 32 AND octet_length("typed_code_digest") = 32
        AND octet_length("pdf_sha256") = 32 AND octet_length("package_sha256") = 32),
    ADD CONSTRAINT "certificate_issued_check" CHECK ("issued_at" IS NULL OR num_nulls("pdf_cid", "pdf_sha256") = 0);

ALTER TABLE "outbox" ADD CONSTRAINT "outbox_attempts_check" CHECK ("attempts" >= 0);

-- The database itself chains the audit rows, so that no writer can forget to, and refuses to change them.
ALTER TABLE "audit" ADD CONSTRAINT "audit_line_check" CHECK (concat("actor", "action", "subject", "detail") !~ '[\n\r]');

CREATE FUNCTION "audit_chain"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    newest "audit"%ROWTYPE;
BEGIN
    -- Held until the commit: the order of the chain is the order of the commits.
    PERFORM pg_advisory_xact_lock(hashtext('inkseal audit'));
    SELECT * INTO newest FROM "audit" ORDER BY "seq" DESC LIMIT 1;
    NEW."seq" := coalesce(newest."seq", 0) + 1;
    NEW."at" := date_trunc('milliseconds', clock_timestamp());
    NEW."prev_digest" := coalesce(newest."digest", decode(repeat('00', 32), 'hex'));
    NEW."digest" := sha256(NEW."prev_digest" || convert_to(concat_ws(E'\n', NEW."seq",
        to_char(NEW."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        NEW."actor", NEW."action", NEW."subject", NEW."detail"), 'UTF8'));
    RETURN NEW;
END $$;

CREATE FUNCTION "audit_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit rows are never changed' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "audit_chain" BEFORE INSERT ON "audit" FOR EACH ROW EXECUTE FUNCTION "audit_chain"();
CREATE TRIGGER "audit_keep" BEFORE UPDATE OR DELETE ON "audit" FOR EACH ROW EXECUTE FUNCTION "audit_refuse"();
CREATE TRIGGER "audit_keep_all" BEFORE TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "audit_refuse"();
