ALTER TABLE slack_members ADD COLUMN learned_at_ms double precision;
