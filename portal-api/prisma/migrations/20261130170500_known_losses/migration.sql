-- What a restore lost of the ledger, as the operator accepted it: so many numbers are burned by now.
CREATE TABLE "known_loss" (
    "total" BIGINT NOT NULL,
    "numbers" INTEGER NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "known_loss_pkey" PRIMARY KEY ("total"),
    CONSTRAINT "known_loss_numbers_check" CHECK ("numbers" BETWEEN 1 AND "total")
);

-- No certificate that was lost had a number without an entry: so our own numbers move on by as many, and none is given twice.
CREATE FUNCTION "pass_lost_numbers"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    this_year CONSTANT INTEGER := extract(year FROM now() AT TIME ZONE 'Asia/Shanghai');
BEGIN
    PERFORM setval('certificate_document_serial_seq', nextval('certificate_document_serial_seq') + NEW."numbers");
    INSERT INTO "registration_sequence" ("prefix", "year", "letter", "last")
        SELECT DISTINCT "prefix", this_year, chr(ascii('A') + place), NEW."numbers"
        FROM "registration_sequence", generate_series(0, 15) AS place
    ON CONFLICT ("prefix", "year", "letter") DO UPDATE SET "last" = "registration_sequence"."last" + NEW."numbers";
    RETURN NEW;
END $$;

CREATE TRIGGER "known_loss_passes_numbers" AFTER INSERT ON "known_loss" FOR EACH ROW EXECUTE FUNCTION "pass_lost_numbers"();
