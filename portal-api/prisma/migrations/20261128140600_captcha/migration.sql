-- Challenges that were solved and used: each one pays for one text message.
CREATE TABLE "captcha_use" (
    "digest" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "captcha_use_pkey" PRIMARY KEY ("digest"),
    CONSTRAINT "captcha_use_digest_check" CHECK (octet_length("digest") = 32)
);

CREATE INDEX "captcha_use_expires_at_idx" ON "captcha_use"("expires_at");
