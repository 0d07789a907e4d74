-- Whoever adds work, or gives parked work back, wakes the relay.
CREATE FUNCTION "outbox_notify"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NOTIFY inkseal_portal_outbox;
  RETURN NULL;
END $$;

CREATE TRIGGER "outbox_added" AFTER INSERT ON "outbox" FOR EACH STATEMENT EXECUTE FUNCTION "outbox_notify"();
CREATE TRIGGER "outbox_retried" AFTER UPDATE OF "parked_at" ON "outbox" FOR EACH ROW
  WHEN (OLD."parked_at" IS NOT NULL AND NEW."parked_at" IS NULL AND NEW."done_at" IS NULL)
  EXECUTE FUNCTION "outbox_notify"();
