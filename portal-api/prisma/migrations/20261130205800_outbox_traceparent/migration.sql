-- Of the request or the work that left the row (W3C Trace Context): what comes of it has the same id in every log.
ALTER TABLE "outbox" ADD COLUMN "traceparent" TEXT;
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_traceparent_check" CHECK ("traceparent" ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$');
