-- 申请退款: what owners of returned orders ask for, and what finance decides.
CREATE TYPE "refund_request_state" AS ENUM ('OPEN', 'GRANTED', 'REFUSED', 'WITHDRAWN');
CREATE TYPE "refund_verdict" AS ENUM ('GRANT', 'REFUSE');

CREATE TABLE "refund_request" (
    "id" UUID NOT NULL,
    "request_number" BIGINT NOT NULL,
    "attestation_id" UUID,
    "registration_id" UUID,
    "payment_id" UUID NOT NULL,
    "asked_by" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "state" "refund_request_state" NOT NULL DEFAULT 'OPEN',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "refund_request_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "refund_request_one_order" CHECK (num_nonnulls("attestation_id", "registration_id") = 1)
);
CREATE UNIQUE INDEX "refund_request_request_number_key" ON "refund_request"("request_number");
CREATE INDEX "refund_request_attestation_id_created_at_idx" ON "refund_request"("attestation_id", "created_at");
CREATE INDEX "refund_request_registration_id_created_at_idx" ON "refund_request"("registration_id", "created_at");
CREATE INDEX "refund_request_payment_id_idx" ON "refund_request"("payment_id");
CREATE INDEX "refund_request_asked_by_idx" ON "refund_request"("asked_by");
CREATE INDEX "refund_request_state_state_at_id_idx" ON "refund_request"("state", "state_at", "id");
-- One request waits for each order, and no payment is granted twice.
CREATE UNIQUE INDEX "refund_request_attestation_open_key" ON "refund_request"("attestation_id") WHERE "state" = 'OPEN';
CREATE UNIQUE INDEX "refund_request_registration_open_key" ON "refund_request"("registration_id") WHERE "state" = 'OPEN';
CREATE UNIQUE INDEX "refund_request_granted_once" ON "refund_request"("payment_id") WHERE "state" = 'GRANTED';

CREATE TABLE "refund_decision" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "decided_by" UUID NOT NULL,
    "verdict" "refund_verdict" NOT NULL,
    "words" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "refund_decision_pkey" PRIMARY KEY ("id")
);
-- Who grants a refund above the limit twice is still one person.
CREATE UNIQUE INDEX "refund_decision_request_id_decided_by_key" ON "refund_decision"("request_id", "decided_by");
CREATE INDEX "refund_decision_decided_by_idx" ON "refund_decision"("decided_by");

ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_asked_by_fkey" FOREIGN KEY ("asked_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "refund_decision" ADD CONSTRAINT "refund_decision_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "refund_request"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "refund_decision" ADD CONSTRAINT "refund_decision_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "account"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
