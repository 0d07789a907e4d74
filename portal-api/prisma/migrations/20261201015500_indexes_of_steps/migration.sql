-- What steps of an order and periodic work look for: without an index each of them read the whole table.
CREATE INDEX "upload_state_idx" ON "upload"("state");
CREATE INDEX "manifest_state_state_at_idx" ON "manifest"("state", "state_at");

-- What refers to pictures: each that is deleted would be looked for in all accounts and real names.
CREATE INDEX "account_avatar_id_idx" ON "account"("avatar_id");
CREATE INDEX "identity_front_image_id_idx" ON "identity"("front_image_id");
CREATE INDEX "identity_back_image_id_idx" ON "identity"("back_image_id");
CREATE INDEX "identity_licence_image_id_idx" ON "identity"("licence_image_id");
