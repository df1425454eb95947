ALTER TABLE request_budget ADD COLUMN paused_until_ms double precision NOT NULL DEFAULT 0;
--> statement-breakpoint
ALTER TABLE request_budget ADD COLUMN pause_asked_ms double precision NOT NULL DEFAULT 0;
