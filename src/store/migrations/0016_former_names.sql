CREATE TABLE former_names (
  id text NOT NULL,
  name text NOT NULL,
  until date NOT NULL,
  PRIMARY KEY (id, name)
);
