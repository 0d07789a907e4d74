-- What the lists of staff read in the order asked for, and search.
CREATE INDEX "attestation_submitted_idx" ON "attestation" ((coalesce("submitted_at", "created_at")), "id");
CREATE INDEX "attestation_created_at_id_idx" ON "attestation" ("created_at", "id");
CREATE INDEX "attestation_state_at_id_idx" ON "attestation" ("state_at", "id");
CREATE INDEX "attestation_title_idx" ON "attestation" (("form" ->> 'title'), "id");
CREATE INDEX "attestation_number_text_idx" ON "attestation" (("order_number"::text) text_pattern_ops);
CREATE INDEX "organisation_state_at_id_idx" ON "organisation" ("state_at", "id");

-- Beside the partial ones: a query that names the state by a parameter cannot use those.
CREATE INDEX "work_state_state_at_idx" ON "work" ("state", "state_at");
CREATE INDEX "identity_id_number_index_idx" ON "identity" ("id_number_index");

-- Every character and every pair of neighbours, in lower case: whatever contains a text has all of its terms. Trigrams
-- would need three characters, and most Chinese words have two.
CREATE FUNCTION "search_terms"("value" text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(lower("value"), place, size)), '{}')
    FROM generate_series(1, length("value")) AS place, generate_series(1, 2) AS size
$$;
CREATE INDEX "attestation_title_terms_idx" ON "attestation" USING gin ("search_terms"("form" ->> 'title'));
