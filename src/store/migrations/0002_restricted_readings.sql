ALTER TABLE windows ADD COLUMN only_people jsonb;
--> statement-breakpoint
ALTER TABLE record_ranges ADD COLUMN only_people jsonb;
--> statement-breakpoint
ALTER TABLE record_ranges ADD COLUMN only_cards jsonb;
