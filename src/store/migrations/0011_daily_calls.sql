ALTER TABLE daily_activity ADD COLUMN call_id text;
