CREATE TABLE submissions (
  key text PRIMARY KEY,
  at timestamp(3) with time zone NOT NULL,
  done boolean NOT NULL
);
