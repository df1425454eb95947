CREATE TABLE forgotten_places (
  period_from date NOT NULL,
  period_to date NOT NULL,
  manager_id text NOT NULL,
  PRIMARY KEY (period_from, period_to, manager_id)
);
--> statement-breakpoint
UPDATE shown_groups SET people_key = gen_random_uuid()::text WHERE people_key ~ '^[0-9a-f]{32}$';
