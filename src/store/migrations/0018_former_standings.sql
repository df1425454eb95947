CREATE TABLE former_standings (
  slack_user_id text NOT NULL,
  type text NOT NULL,
  person_id text NOT NULL,
  until date NOT NULL,
  PRIMARY KEY (slack_user_id, type, person_id)
);
--> statement-breakpoint
INSERT INTO former_standings (slack_user_id, type, person_id, until)
  SELECT slack_user_id, type, subject_id, max(until) FROM grants WHERE type IN ('was', 'admin') AND until IS NOT NULL GROUP BY 1, 2, 3;
--> statement-breakpoint
DELETE FROM grants WHERE type IN ('was', 'admin');
