ALTER TABLE activity_rows ADD COLUMN calls_requested_feedback double precision;
--> statement-breakpoint
ALTER TABLE activity_rows ADD COLUMN calls_received_feedback double precision;
--> statement-breakpoint
ALTER TABLE activity_rows ADD COLUMN calls_gave_feedback double precision;
