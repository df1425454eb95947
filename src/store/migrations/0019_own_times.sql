ALTER TABLE subscriptions ADD COLUMN is_own_time boolean;
--> statement-breakpoint
ALTER TABLE subscriptions ADD COLUMN is_own_when_empty boolean;
--> statement-breakpoint
UPDATE subscriptions SET is_own_time = true FROM programmes
  WHERE programmes.id = subscriptions.programme_id AND (
    subscriptions.recurrence ->> 'time' <> programmes.recurrence ->> 'time'
    OR CASE WHEN subscriptions.kind = 'reminder'
      THEN subscriptions.recurrence -> 'weekdays' <> jsonb_build_array(programmes.recurrence -> 'weekdays' -> 0)
      ELSE subscriptions.recurrence <> programmes.recurrence END);
