-- Tries of a telephone whose password is still being checked.
ALTER TABLE login_lock ADD COLUMN checking integer NOT NULL DEFAULT 0;
