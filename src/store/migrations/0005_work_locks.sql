CREATE TABLE work_locks (
  name text PRIMARY KEY,
  holder text NOT NULL,
  held_until timestamp(3) with time zone NOT NULL
);
