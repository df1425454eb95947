ALTER TABLE past_places ADD COLUMN number integer NOT NULL DEFAULT 0;
--> statement-breakpoint
ALTER TABLE past_places DROP CONSTRAINT past_places_pkey;
--> statement-breakpoint
ALTER TABLE past_places ADD PRIMARY KEY (person_id, until, number);
