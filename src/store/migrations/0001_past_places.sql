CREATE TABLE past_places (
  person_id text NOT NULL,
  until date NOT NULL,
  active boolean NOT NULL,
  manager_id text,
  PRIMARY KEY (person_id, until)
);
