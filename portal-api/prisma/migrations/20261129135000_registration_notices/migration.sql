-- 登记公告: what anybody may read and search of registered works, the newest first.
CREATE INDEX "registration_notice_idx" ON "registration" ("registered_at", "id") WHERE "state" IN ('REGISTERED', 'REVOKED');
CREATE INDEX "registration_title_terms_idx" ON "registration" USING gin ("search_terms"("form" ->> 'title'));
