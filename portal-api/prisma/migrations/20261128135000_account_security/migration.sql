-- Change of telephone, a member's list of sessions, and the picture that a member shows.
ALTER TYPE "sms_purpose" ADD VALUE 'CHANGE_PHONE';

-- By whom a session is: what the member's own list and "log out everywhere" look for.
CREATE INDEX "session_account_idx" ON "session" (("sess" ->> 'accountId'));

ALTER TABLE "account" ADD CONSTRAINT "account_avatar_id_fkey" FOREIGN KEY ("avatar_id") REFERENCES "private_image"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
