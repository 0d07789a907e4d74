-- Which versions of the terms of use and the privacy notice an account agreed to. Before this there was only the first of each.
ALTER TABLE "account"
    ADD COLUMN "terms_version" INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN "privacy_version" INTEGER NOT NULL DEFAULT 1;
