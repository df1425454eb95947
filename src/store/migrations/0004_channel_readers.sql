ALTER TABLE access_log ADD COLUMN channel_name text;
--> statement-breakpoint
ALTER TABLE access_log ADD COLUMN reader_ids jsonb;
