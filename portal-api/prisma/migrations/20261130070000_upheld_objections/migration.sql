-- An upheld 异议 is on record as an event of the work's rights: the platform states it, and not the owner.
ALTER TYPE "rights_event_kind" ADD VALUE 'OBJECTION';
