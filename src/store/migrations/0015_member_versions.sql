ALTER TABLE slack_members ADD COLUMN updated_at_seconds double precision;
