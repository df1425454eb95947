ALTER TABLE subscriptions ADD COLUMN name text;
--> statement-breakpoint
ALTER TABLE subscriptions ADD COLUMN is_extra boolean;
