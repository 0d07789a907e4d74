-- What a deleted work was before: for a while its owner may have it back.
ALTER TABLE "work" ADD COLUMN "deleted_from" "work_state";

CREATE INDEX "work_deleted_idx" ON "work"("state_at") WHERE "state" = 'DELETED';
