CREATE TABLE replaced_figures (
  kind text NOT NULL,
  period_from date NOT NULL,
  period_to date NOT NULL,
  person_id text NOT NULL,
  release integer NOT NULL,
  figures jsonb NOT NULL,
  PRIMARY KEY (period_from, period_to, kind, person_id, release)
);
