CREATE TABLE shown_groups (
  kind text NOT NULL,
  period_from date NOT NULL,
  period_to date NOT NULL,
  people_key text NOT NULL,
  people jsonb NOT NULL,
  PRIMARY KEY (kind, period_from, period_to, people_key)
);
--> statement-breakpoint
CREATE TABLE held_figures (
  kind text NOT NULL,
  period_from date NOT NULL,
  period_to date NOT NULL,
  person_id text NOT NULL,
  figures jsonb NOT NULL,
  PRIMARY KEY (period_from, period_to, kind, person_id)
);
